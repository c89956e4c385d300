// Runs the script of a page as a browser with a strict policy would: in a realm of its own, which makes no code of texts.
// The first line that comes in is the script. Each line after it is a request, and is answered with one line.
import { createHash } from "node:crypto";
import { createInterface } from "node:readline";
import vm from "node:vm";

const realm = vm.createContext({}, { codeGeneration: { strings: false, wasm: false } });
const globals = () => vm.runInContext("Object.getOwnPropertyNames(globalThis).join(' ')", realm);
const before = globals();
let engine;
let rules;

const about = {
  rules: ({ table }) => void (rules = table),
  globals: () => globals().slice(before.length),
  // What a function says of each of these lists of arguments.
  call: ({ name, each }) => each.map((given) => engine[name](rules, ...given)),
  texts: ({ each }) => each.map((given) => engine.text(engine.assess(rules, given))),
  hashes: ({ each }) =>
    each.map((given) => createHash("sha256").update(engine.text(engine.assess(rules, given))).digest("hex")),
  // Truth, truth with all that is kept back for and against it, and what is said of a line with this condition.
  verdicts: ({ when, skip, own, each }) =>
    each.map((given) => {
      const view = engine.view(rules, given);
      const found = engine.finding({ when, skip }, view);
      const because = found ? found.because.map(({ question, answer }) => [question, answer]) : null;
      const { mark } = own ? view.get(own) : {};
      const truths = [null, true, false].map((lean) => engine.truth(when, view, lean));
      const state = own ? [mark ? [mark, null] : [null, view.get(own)]] : [];
      return [...truths, found ? found.certainty : null, because, ...state];
    }),
  steps: ({ each }) =>
    each.map((given) => {
      const { id, because } = engine.assess(rules, given).disposition;
      return [id, because.map(({ guidance }) => guidance)];
    }),
  time: ({ each, rounds }) => {
    const start = process.hrtime.bigint();
    for (let round = 0; round < rounds; round++) for (const given of each) engine.assess(rules, given);
    return Number(process.hrtime.bigint() - start) / 1000 / rounds / each.length;
  },
};

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const request = JSON.parse(line);
  if (engine === undefined) engine = vm.runInContext(request, realm, { filename: "page.js" });
  else process.stdout.write(`${JSON.stringify(about[request.do](request) ?? null)}\n`);
}
