// Reads a JSON list of texts on standard input; writes for each a list of [start, end, replacement],
// in code points, of the first suggestion of each of Harper's lints.
import { binaryInlined } from "harper.js/binaryInlined";
import { LocalLinter, SuggestionKind } from "harper.js";

let input = "";
process.stdin.setEncoding("utf8");
for await (const chunk of process.stdin) input += chunk;

const linter = new LocalLinter({ binary: binaryInlined });
await linter.setup();
const all = [];
for (const text of JSON.parse(input)) {
  const found = [];
  let place = 0;
  for (const line of text.split("\n")) {
    for (const lint of await linter.lint(line, { language: "plaintext" })) {
      const [first] = lint.suggestions();
      if (!first) continue;
      const { start, end } = lint.span();
      const put = first.get_replacement_text();
      if (first.kind() === SuggestionKind.Remove) found.push([place + start, place + end, ""]);
      else if (first.kind() === SuggestionKind.InsertAfter) found.push([place + end, place + end, put]);
      else found.push([place + start, place + end, put]);
    }
    place += Array.from(line).length + 1;
  }
  all.push(found);
}
process.stdout.write(JSON.stringify(all), () => process.exit(0));
