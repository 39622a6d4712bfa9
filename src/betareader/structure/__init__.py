"""The form of the page: paragraphs, sentences, words, passages, scenes."""
