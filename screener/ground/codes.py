"""The catalogue of everything that can be wrong with a file, or at the desk: each code and what its page says."""

#: Every code of files that can't be read or do not hold together, and what its page says. The checks have their own.
CODES: dict[str, str] = {
    "not-found": "The file is not there, or its name is spelt differently.",
    "not-readable": "The file is there, but this account may not read it, or it is a folder.",
    "not-writable": "The file can not be written there, or it exists already and nothing was overwritten.",
    "not-utf8": "The file is not UTF-8 text. Save it again as UTF-8.",
    "too-large": "The file is larger than 5 MiB. A questionnaire of thousands of questions is far smaller.",
    "not-comparable": "The checker that goes with the evidence can't compare the rule file with what was read from the "
    "place named. Write it in a plainer way, such as a text in quotes on one line.",
    "not-yaml": "The text is not YAML. The place is where the reader had to give up; the cause is often a line above.",
    "empty": "The file holds nothing.",
    "several-documents": "The file holds more than one YAML document (a line `---`). Keep one.",
    "duplicate-key": "The same name stands twice before a colon, in one place. YAML would silently keep only the last.",
    "anchor": "Anchors (`&name`) and aliases (`*name`) are refused: they hide what a file says. Write it out.",
    "tag": "Tags (`!name`) are refused: every value is read as plain text.",
    "too-deep": "The file is nested deeper than 32 levels.",
    "too-many": "The file holds more than is taken: 300,000 values in all, 20,000 entries in a list, 1,000 options or "
    "answers in one. A questionnaire that people answer is far smaller.",
    "more-problems": "There are more problems than are listed. Often one cause makes many of them.",
    "complex-key": "What stands before a colon must be a plain text, not a list or something in braces.",
    "unsafe-character": "Control and text-direction characters are refused: they can fake what a reader sees.",
    "missing-key": "Something needed is not there.",
    "unknown-key": "The key means nothing here. Often it is a misspelling.",
    "wrong-type": "The value has another shape than this key needs.",
    "wrong-value": "The value is not one of those that are possible here.",
    "bad-id": "An id is made of small letters, digits and hyphens, and starts with a letter or a digit.",
    "duplicate-id": "Two things of the same kind have the same id.",
    "reserved-id": "The words `unsure`, `declined`, `skipped` and `answered` have a meaning of their own.",
    "no-repeat": "A text repeats an answer, as in `{answer: concerns}`, in a place where it is not filled in. "
    "It is filled in in `ask` of later questions; in `title`, `says`, `more` and `ask` of guidance; in `title` "
    "and `says` of next steps; and in `says` of referrals.",
    "no-options": "A question of this type needs options, or may not have them.",
    "min-over-max": "The smallest allowed is larger than the largest allowed.",
    "limits-cross": "Limits of one date change places with time: `6 months` and `183 days`, or a fixed day and one "
    "that is counted back from the interview. What is proved must hold on every day, so their order may not change.",
    "bad-limit": "A limit is not possible for this type of question.",
    "unknown-question": "A condition or a promise speaks of a question that the file does not have.",
    "forward-reference": "A condition may only speak of questions that come earlier.",
    "unknown-option": "A condition, or an order of risk, speaks of an option that the question does not have.",
    "duplicate-option": "The same option stands twice in one condition, or in one order of risk.",
    "not-offered": "A condition speaks of an answer (`unsure`, `declined`, `skipped`) that is not offered.",
    "wrong-condition": "The condition is not one of the forms that exist, or does not fit the type of the question.",
    "wrong-order": "An order of risk does not fit its question: a number has `larger` or `smaller`, a date `later` or "
    "`earlier`, a question where one is chosen a list of options from the least risk to the most.",
    "unknown-condition": "`is:` names a condition that is not written under `conditions:`, or only further down.",
    "unknown-disposition": "The disposition is not listed under `dispositions:`.",
    "unknown-guidance": "A guidance id that the file does not have.",
    "unknown-statement": "A cited statement is not in the sources file.",
    "unknown-document": "A statement names a document or a section that the sources file does not list.",
    "no-referral": "Everyone ends with a referral: of several only the last has no condition, and it must have none.",
    "unknown-referral": "A promise or a worked case names a referral that the file does not have.",
    "no-sources": "The file cites statements but names no sources file.",
    "unknown-answer": "The answers name a question or an option that the rule file does not have.",
    "wrong-answer": "The answer does not fit the question.",
    "exclusive-option": "An option that stands alone was given together with others.",
    "missing-answer": "A question that is asked has no answer.",
    "other-rules": "The answers were given to another rule file.",
    "bad-code": "What was scanned is no code of screener, or not the whole of one, or it was changed. Nothing of it is "
    "taken. Scan it once more, from nearer or with more light; a scanner that types has to be set to the same keyboard "
    "as the computer.",
    "code-newer": "The code was made by a newer version of screener, and says things that this one does not know.",
    "code-full": "A code has room for about a hundred words of one's own, beside all other answers. What does not fit "
    "into one can be taken along in a file of answers.",
    "unknown-edition": "A code holds answers, and only a fingerprint of the rule file that asked for them. It opens "
    "where that very file is: the one that is named, one that comes with the tool or, at a desk, one of an earlier "
    "record.",
    "other-clinic": "The code is whole, and it was sealed for another key than the one that is here.",
    "no-code-key": "The code is sealed, and the key that opens it is not here; or a file that is to hold a key for "
    "codes does not. Sealing takes the clinic's public key, and opening the private one.",
    "keys-exist": "A pair of keys for codes is there already. Another one could not open what was sealed with it.",
    "no-code": "Codes need the extra `code`: pip install 'screener[code]'.",
    "no-decoder": "Reading a code in a picture needs the program zbarimg, which Debian has in the package zbar-tools. "
    "A scanner that types needs nothing.",
    "no-pdf": "PDF needs the package typst, which comes with the extra `pdf`.",
    "no-font": "No font on this computer has a character of the text, and a page with boxes would be worse than none.",
    "not-json": "The text is not JSON.",
    "not-a-questionnaire": "The file is not a FHIR Questionnaire. Import takes one in JSON, of R4 or R5.",
    "circular-condition": "A condition of a form speaks of the item itself, or of one that hangs on it in turn.",
    "too-many-items": "A FHIR form has more items, or more in its lists, than can be taken in within seconds.",
    "not-taken": "A FHIR form, or a table of questions, holds more, or other things, than a rule file may.",
    "not-a-table": "The file is not a table of questions, which has the names of its columns in the first row, and a "
    "question in each row below. Only the column `ask` has to be there. A spreadsheet stores it as CSV.",
    "wrong-cell": "A cell of a table of questions does not hold what its column needs.",
    "not-in-fhir": "Something of a rule file that FHIR has no place for. The export is complete without it.",
    "not-in-rules": "Something of a FHIR form, or of a table, that a rule file has no place for. It was left out or "
    "changed as said.",
    "version-too-small": "The version has to grow with what an edit changes, and has not grown enough. What takes away "
    "counts most: a calmer next step, a line that somebody no longer hears, a promise, the id of a question.",
    "version-not-numbered": "A version that is to grow is numbered: MAJOR.MINOR.PATCH, such as 2.1.0.",
    "case-failed": "A worked case did not come out as expected.",
    "not-noticed": "No worked case would fail if this were changed by mistake. "
    "`screener rules cases --suggest --strong` prints cases that would.",
}

#: The codes of the intake desk, and what the page of each says.
DESK_CODES: dict[str, str] = {
    "no-store": "There is no store in the folder. `screener intake init` makes one; `--store` or `SCREENER_STORE` "
    "names another folder.",
    "not-a-store": "The file `store.json` of the folder, or what it belongs to, is not of this store.",
    "store-exists": "A store is there already, and nothing of it was changed.",
    "no-records": "Records need the extra `intake`: pip install 'screener[intake]'.",
    "no-postgres": "Records on a server need the extra `postgres`: pip install 'screener[intake,postgres]'.",
    "bad-address": "The address of the database is missing, or is none of a PostgreSQL database.",
    "no-key": "The key of the store, or of one record, is not where it should be, or is not the right one. Without "
    "its key nothing can be read.",
    "others-can-read": "A key is in a file that others on this computer can read or change. Make it yours alone.",
    "store-closed": "The records don't open with this key. Either the key is of another store, or the file is damaged.",
    "store-newer": "A newer version of screener made the store, or brought it up to date. Nothing was changed; install "
    "that version.",
    "store-damaged": "A file of the store is damaged, or the disk refuses to read or write it.",
    "store-gone": "A file of the store can't be opened.",
    "store-busy": "Another desk has been writing for more than a minute.",
    "store-read-only": "The store can only be read. Records are not shown then, as each look at one is to be noted in "
    "the log.",
    "store-full": "The disk is full. What was kept before is as it was; what could not be kept is still on the screen, "
    "and can be put into a file.",
    "store-unreachable": "The database can't be reached. What was answered is kept in memory, tried again with each "
    "answer, and can be put into a file at the end.",
    "store-failed": "The database refused for a reason of its own.",
    "unknown-record": "No record has this id or reference, or several begin so.",
    "erased": "The record was erased. Nothing of it can be brought back.",
    "record-changed": "A record is not what the log says, or does not open with its key: it was changed from outside "
    "screener.",
    "key-again": "The key of a record that was erased is here again: an old copy of the records' keys was put in place "
    "by hand. Bringing back the newest copy drops it again; keep no old ones.",
    "log-broken": "The log is not as it was written, or its end was cut off. Keep the store as it is and find out who "
    "could write there.",
    "bad-checkpoint": "What was typed is no checkpoint. It stands on the closing sheet: a number and five groups of "
    "five.",
    "held": "Another desk is working on the record, or has begun to amend it.",
    "overtaken": "Another desk changed the record meanwhile. Nothing of theirs was overwritten, and what was typed "
    "here can be put into a file.",
    "not-complete": "The record is not complete. `screener intake resume` goes on with it.",
    "complete-already": "The record is complete. `screener intake amend` changes it, and keeps what was there.",
    "no-consent": "Nobody is here to be asked whether answers may be kept; `--consent` says that somebody has agreed.",
    "no-reason": "An amendment is kept with its reason.",
    "bad-reference": "The reference is empty, too long, or holds what can't be seen. It is the clinic's own number for "
    "a person, and no name.",
    "bad-place": "What was given with `--after` is not a place that an earlier page of the list ended with.",
    "not-confirmed": "Nobody is here to be asked whether something is meant; `--yes` says so.",
    "not-counted": "People are counted by the day, by the next step, or by a question at which an option is chosen.",
    "no-terminal": "A desk asks people at a terminal.",
}

#: The codes of whole tables of answers, and what the page of each says.
TABLE_CODES: dict[str, str] = {
    "no-batch": "Whole tables need the extra `batch`: pip install 'screener[batch]'; DuckDB and Spark have extras of "
    "their own, `duckdb` and `spark`, and Spark needs Java.",
    "unreadable-table": "The file is not what its name says, is cut off, is no UTF-8 text, or has no columns. "
    "Nothing was written.",
    "bad-columns": "The first row of a table names its columns: each once, and not more than 20,000.",
    "two-columns": "Two columns answer one question, or are for one option, and it can't be told which one counts. "
    "`--propose` writes down what was found; `--columns` says what counts.",
    "no-column": "A column that is named is not there, or none answers anything; or some options have none, and "
    "then count as not chosen.",
    "unused-column": "A column answers no question. It is left out, unless the mapping file keeps it.",
    "wrong-map": "Something in a mapping file is not understood. `screener batch TABLE --propose` writes one that is.",
    "left-out-question": "A mapping file names every question, so that none is forgotten. One without a column "
    "has the words `no column`.",
    "no-row": "The table has no row with this number. Rows count as in the file: in CSV and Excel the first one "
    "holds the names of the columns.",
    "other-batch": "The folder holds something else than the parts of this very run, so nothing of it was touched.",
    "unreadable-result": "It is not what `screener batch` wrote, or not all of it: parts may be missing or cut short.",
}
