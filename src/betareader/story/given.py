"""Given names that are a man's or a woman's, and the short forms of some: what a name by itself tells of its bearer."""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


MEN = _words("""
    Aaron Abe Abel Abner Abraham Adam Adrian Ahmed Al Alan Albert Alec Aleck Alex Alexander Alexei Alexis Alfred Algernon Ali
    Allan Allen Alphonse Alvin Ambrose Amir Amos Anatole Andre Andrei Andrew Andy Angus Anselm Anthony Anton Antonio
    Archer Archibald Archie Arnold Art Arthur Asa Aubrey August Augustus Austin Aziz Baldwin Barnaby Barney Barry
    Bartholomew Basil Ben Benedict Benjamin Bennie Bernard Bert Bertie Bertram Bill Billie Billy Bob Bobby Boris Brad Bradley
    Brandon Brendan Brett Brian Bruce Bruno Bryan Byron Caesar Caleb Calvin Cameron Carl Carlos Casey Caspar Cecil
    Cedric Charles Charley Charlie Chester Chris Christian Christopher Chuck Clarence Claude Claudius Clement Cliff
    Clifford Clive Clyde Cole Colin Connor Conrad Constantine Cornelius Craig Curtis Cuthbert Cyril Cyrus Dan Daniel
    Danny Darren Darryl Dave David Davy Dean Denis Dennis Derek Desmond Dexter Dick Dickie Diego Dirk Dmitri Dominic Don
    Donald Dorian Doug Douglas Dudley Duncan Dustin Dwight Dylan Earl Ebenezer Ed Eddie Eddy Edgar Edmond Edmund Eduardo
    Edward Edwin Egbert Eli Elias Elijah Elmer Emil Emmett Enoch Enrique Eric Erik Ernest Ernie Ethan Eugene Eustace
    Evan Evelyn Everett Ezekiel Ezra Felix Ferdinand Fergus Fernando Floyd Francis Francisco Francois Frank Frankie Franklin
    Franz Fred Freddie Freddy Frederic Frederick Fritz Fyodor Gabriel Gareth Garrett Gary Gaston Gavin Geoff Geoffrey
    George Georgie Gerald Gerard Gideon Gilbert Giles Gino Giovanni Glen Godfrey Gordon Graham Grant Greg Gregory Griffith
    Guido Guillermo Gus Gustav Guy Hal Hank Hannibal Hans Harold Harrison Harry Harvey Hassan Hector Heinrich Henri Henry
    Herb Herbert Herman Hezekiah Hiram Hobart Homer Horace Horatio Howard Hubert Hugh Hugo Humphrey Ian Ibrahim Ichabod
    Ignatius Igor Ike Ira Irving Irwin Isaac Isaiah Ismael Israel Ivan Ivor Jabez Jack Jackie Jacob Jacques Jake Jamal
    James Jamie Jan Jared Jason Jasper Javier Jay Jean Jeb Jed Jeff Jefferson Jeffrey Jem Jeremiah Jeremy Jerome Jerry Jesse
    Jesus Jethro Jim Jimmie Jimmy Job Jock Joe Joel Johann Johannes John Johnnie Johnny Jon Jonah Jonas Jonathan Jordan
    Jorge Jose Joseph Josh Joshua Josiah Juan Jude Jules Julian Julius Justin Karl Kazuo Keith Ken Kenji Kenneth Kevin Kirk
    Klaus Kurt Kyle Lambert Lance Larry Laurence Laurie Lawrence Lee Len Leo Leon Leonard Leopold Leroy Leslie Lester Lewis Liam
    Linus Lionel Llewellyn Lloyd Lorenzo Lou Louis Lucas Lucian Lucius Luis Luke Luther Magnus Malcolm Manuel Marc
    Marcel Marco Marcus Mario Marion Marius Mark Marmaduke Marshall Martin Marvin Mason Mathew Matt Matthew Matthias Maurice
    Max Maximilian Maxwell Melvin Merlin Michael Michel Miguel Mike Mikhail Miles Milo Milton Mitch Mitchell Mohammed
    Montague Monty Mordecai Morgan Morris Mortimer Moses Murray Nat Nathan Nathaniel Neal Ned Nehemiah Neil Nelson
    Nicholas Nick Nicky Nicolas Niels Nigel Nikolai Noah Noel Noah Norman Oliver Ollie Omar Orlando Orson Oscar Osmond Oswald Otis
    Otto Owen Pablo Paddy Pascal Pat Patrick Paul Pedro Percival Percy Perry Pete Peter Phil Philip Philippe Phillip Phineas
    Pierre Piers Pip Quentin Quincy Rafael Ralph Ramon Randall Randolph Randy Raoul Raphael Raul Ray Raymond Reg Reggie
    Reginald Reuben Rex Ricardo Richard Rick Ricky Rob Robbie Robert Roberto Robin Rod Roderick Rodney Rodrigo Roger Roland
    Rolf Roman Romeo Ron Ronald Ronnie Rory Ross Roy Rudolf Rudolph Rufus Rupert Russ Russell Ryan Salvador Sam Sammy
    Samson Samuel Saul Scott Sean Sebastian Septimus Serge Sergei Seth Seymour Shane Shaun Sid Sidney Siegfried Silas Silvester
    Simeon Simon Solomon Spencer Stan Stanislaus Stanley Stefan Stephen Steve Steven Stewart Stuart Sven Sydney Sylvester
    Tad Takeshi Ted Teddy Terence Terrence Terry Thaddeus Theo Theobald Theodore Thomas Thornton Tim Timothy Titus Tobias
    Toby Todd Tom Tommy Tony Travis Trevor Tristan Troy Tyler Ulysses Valentine Vasily Vernon Victor Vince Vincent Virgil
    Vivian Vladimir Waldo Wallace Wally Walt Walter Warren Wayne Wesley Wilbur Wilfred Wilfrid Wilhelm Will Willard William
    Willie Willy Winston Woodrow Xavier Yuri Zachary Zachariah Zeke
""")
WOMEN = _words("""
    Abby Abigail Ada Adela Adelaide Adele Adeline Adriana Agatha Agnes Aileen Aisha Alexandra Alice Alicia Alison Allison
    Althea Amanda Amber Amelia Amina Amy Ana Anastasia Andrea Angela Angelica Angelina Angie Anita Ann Anna Annabel Anne Annette
    Annie Antoinette Antonia April Arabella Ariel Ashley Astrid Audrey Augusta Aurora Ava Barbara Beatrice Beatrix Becca Becky
    Belinda Bella Belle Bernadette Bernice Bertha Bess Bessie Beth Betsy Betty Beulah Beverly Bianca Blanche Bonnie Bridget
    Brenda Brigid Camilla Camille Carla Carmen Carol Carolina Caroline Carolyn Carrie Cassandra Cassie Catharine Catherine
    Cathy Cecilia Cecily Celeste Celia Charlotte Charity Chloe Christabel Christiana Christina Christine Cindy Claire Clara
    Clare Clarissa Claudia Clementina Clementine Cleopatra Colette Connie Constance Consuelo Cora Cordelia Cornelia Cynthia
    Daisy Dana Daphne Dawn Deborah Debbie Deirdre Delia Delilah Della Desdemona Diana Diane Dinah Dolly Dolores Donna
    Dora Doreen Doris Dorothea Dorothy Drusilla Edith Edna Effie Eileen Elaine Eleanor Elena Eleonora Elinor Elisa Elisabeth Elise
    Eliza Elizabeth Ella Ellen Ellie Eloise Elsa Elsie Elspeth Elvira Emilia Emily Emma Emmeline Enid Erica Erin Ernestine
    Esmeralda Estella Estelle Esther Ethel Etta Eudora Eugenia Eunice Eva Evangeline Eve Evelina Fanny Fatima Faith Fay Felicia
    Felicity Fern Fiona Flora Florence Flossie Frances Francesca Freda Frieda Gail Genevieve Georgia Georgiana Georgina Geraldine
    Gerda Germaine Gertie Gertrude Gilda Gina Ginny Giulia Gladys Gloria Grace Greta Gretchen Griselda Guinevere Gwen Gwendolen
    Gwendolyn Hannah Harriet Hattie Hazel Heather Heidi Helen Helena Helene Henrietta Hermia Hermione Hester Hetty Hilda
    Honora Honoria Hope Hortense Ida Imogen Ingrid Irene Iris Irma Isabel Isabella Isabelle Isadora Isolde Ivy Jacqueline Jane
    Janet Janice Jasmine Jeannette Jeannie Jemima Jennie Jennifer Jenny Jess Jessica Jessie Jill Jo Joan Joanna Joanne Jocelyn
    Josephine Josie Joy Joyce Juanita Judith Judy Julia Juliana Julie Juliet June Justine Karen Kate Katharine Katherine
    Kathleen Kathy Katie Katrina Katy Kay Kelly Kimberly Kitty Kristin Laetitia Latisha Laura Lauren Lavinia Leah Leila Lena
    Leonora Letitia Letty Libby Lila Lilian Lillian Lilly Lily Linda Lisa Livia Liz Liza Lizzie Lizzy Lois Lola Lorna Lorraine
    Lottie Louisa Louise Lucia Lucile Lucille Lucinda Lucretia Lucy Lulu Lydia Mabel Madeleine Madeline Madge Magdalen
    Maggie Maisie Mamie Marcella Marcia Margaret Margarita Margery Margie Margot Marguerite Maria Marian Marianne Marie
    Marietta Marilyn Marina Marjorie Marlene Marsha Martha Mary Mathilda Matilda Mattie Maud Maude Maureen Mavis Maxine May
    Meg Megan Melanie Melinda Melissa Mercedes Mercy Meredith Mia Michelle Mildred Millicent Millie Milly Mimi Mina Minerva Minna
    Minnie Mira Miranda Miriam Moira Mollie Molly Mona Monica Muriel Myra Myrtle Nadia Nan Nancy Naomi Natalia Natalie Natasha
    Nell Nellie Nelly Nettie Nina Nora Norah Noreen Norma Octavia Odette Olga Olive Olivia Olympia Ophelia Ottilie Pamela
    Pandora Pansy Patience Patricia Patsy Patty Paula Paulina Pauline Pearl Peggy Penelope Penny Perdita Persis Petra Petunia Philippa
    Phoebe Phyllis Polly Poppy Portia Prudence Priscilla Prissy Queenie Rachel Ramona Rebecca Regina Rhoda Rhonda Rita Roberta
    Rosa Rosalie Rosalind Rosamond Rosamund Rose Rosemary Rosie Rowena Roxana Ruby Ruth Sabina Sabrina Sadie Sally Salome
    Samantha Sandra Sara Sarah Sasha Selina Serena Sharon Sheila Shirley Sibyl Silvia Sissy Sofia Sonia Sophia Sophie Sophy
    Stella Stephanie Sue Susan Susanna Susannah Susanne Susie Suzanne Sybil Sylvia Tabitha Tamara Tania Tanya Tatiana Teresa
    Tess Tessa Thelma Theodora Theresa Therese Thomasina Tilly Tina Tracy Trixie Trudy Una Ursula Valeria Valerie Vanessa Vera
    Veronica Victoria Viola Violet Virginia Wanda Wendy Wilhelmina Willa Winifred Winnie Xenia Yolanda Yvette Yvonne Zelda
    Zenobia Zoe
""")

_SHORT = """
    Abby:Abigail Abe:Abraham Al:Albert,Alfred,Alan Alec:Alexander Alex:Alexander,Alexandra Algy:Algernon Andy:Andrew
    Archie:Archibald Art:Arthur Babs:Barbara Bart:Bartholomew Becky:Rebecca Bella:Isabella,Arabella Ben:Benjamin,Benedict
    Bernie:Bernard Bert:Albert,Herbert,Bertram Bertie:Albert,Herbert,Bertram Bess:Elizabeth Bessie:Elizabeth
    Beth:Elizabeth Betsy:Elizabeth Betty:Elizabeth Bill:William Billy:William Bob:Robert Bobby:Robert Carrie:Caroline
    Cathy:Catherine Charley:Charles Charlie:Charles Chris:Christopher,Christina,Christine Chuck:Charles Connie:Constance
    Dan:Daniel Danny:Daniel Dave:David Davy:David Deb:Deborah Debbie:Deborah Dick:Richard Dickie:Richard Dolly:Dorothy,Dorothea
    Don:Donald Dora:Theodora Dot:Dorothy Ed:Edward,Edwin,Edgar,Edmund Eddie:Edward,Edwin,Edgar,Edmund Effie:Euphemia
    Ellie:Eleanor,Ellen Elsie:Elizabeth Ernie:Ernest Fanny:Frances Flo:Florence Flossie:Florence Frank:Francis,Franklin
    Fred:Frederick,Alfred Freddie:Frederick,Alfred Freddy:Frederick,Alfred Georgie:George,Georgiana,Georgina Gerry:Gerald
    Gertie:Gertrude Ginny:Virginia Greg:Gregory Gus:Augustus Gwen:Gwendolen,Gwendolyn Hal:Henry,Harold Hank:Henry
    Harry:Henry,Harold Hatty:Harriet Hattie:Harriet Hetty:Henrietta,Hester Jack:John Jake:Jacob Jamie:James Jeff:Jeffrey
    Jem:James,Jeremy Jennie:Jane,Jennifer Jenny:Jane,Jennifer Jerry:Jeremiah,Gerald,Jerome Jess:Jessica Jessie:Jessica
    Jim:James Jimmy:James Jimmie:James Jo:Josephine,Joanna Joe:Joseph Joey:Joseph Johnny:John Johnnie:John Jon:Jonathan
    Josh:Joshua Josie:Josephine Judy:Judith Kate:Katherine,Catherine,Katharine Kathy:Katherine Katie:Katherine,Catherine
    Katy:Katherine,Catherine Ken:Kenneth Kit:Christopher,Katherine Kitty:Catherine,Katherine Larry:Lawrence,Laurence
    Laurie:Lawrence,Laurence Len:Leonard Lena:Helena Letty:Letitia Libby:Elizabeth Liz:Elizabeth Liza:Elizabeth,Eliza
    Lizzie:Elizabeth Lizzy:Elizabeth Lottie:Charlotte Lou:Louisa,Louis,Louise Maddy:Madeleine,Madeline Madge:Margaret
    Maggie:Margaret Mamie:Mary Matt:Matthew Mattie:Martha,Matilda Max:Maximilian,Maxwell May:Mary Meg:Margaret
    Mick:Michael Mike:Michael Millie:Mildred,Millicent Milly:Mildred,Millicent Molly:Mary Nan:Ann,Anne Nancy:Ann,Anne
    Nat:Nathaniel Ned:Edward Nell:Eleanor,Ellen,Helen Nellie:Eleanor,Ellen,Helen Nelly:Eleanor,Ellen,Helen Nick:Nicholas
    Nora:Eleanor,Honora Pam:Pamela Pat:Patrick,Patricia Patty:Martha,Patricia Peg:Margaret Peggy:Margaret Percy:Percival
    Pete:Peter Phil:Philip Polly:Mary Ray:Raymond Reg:Reginald Reggie:Reginald Rick:Richard Rob:Robert Robbie:Robert
    Ron:Ronald Sadie:Sarah Sally:Sarah Sam:Samuel,Samantha Sammy:Samuel Sid:Sidney Sissy:Cecilia Sophy:Sophia
    Stan:Stanley Steve:Stephen,Steven Sue:Susan Susie:Susan Ted:Edward,Theodore Teddy:Edward,Theodore Terry:Terence
    Tess:Teresa,Theresa Tim:Timothy Toby:Tobias Tom:Thomas Tommy:Thomas Tony:Anthony,Antonio Trudy:Gertrude
    Vicky:Victoria Vince:Vincent Wally:Walter,Wallace Walt:Walter Will:William Willie:William Willy:William
    Winnie:Winifred Zeke:Ezekiel
"""
SHORT_FORMS = {short: frozenset(fulls.split(",")) for short, fulls in (each.split(":") for each in _SHORT.split())}
"""From a short form to the names it may stand for."""


def gender_of(name: str) -> str:
    """Whether a given name is a man's (“he”) or a woman's (“she”); empty where it is both, or not known."""
    man, woman = name in MEN, name in WOMEN
    return "" if man == woman else "he" if man else "she"
