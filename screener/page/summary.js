// What a person is told: the summary as data and as JSON text, as screener/summary/as_json.py writes it.
//
// The file is one expression, a function of the engine. Texts may repeat answers: `{answer: id}` in one stands for what
// was answered there.
((engine) => {
  "use strict";
  const UNSAFE =
    /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]/gu;
  const REPEATED = /\{\s*answer\s*:\s*([a-z0-9-]+)\s*\}/g;

  // ---- Answers in words
  const questionOf = (rules, id) => rules.questions.find((one) => one.id === id);
  const label = ({ type, options = [] }, chosen) =>
    options.find(({ id }) => id === chosen)?.label ?? String(engine.typed(type, chosen));
  const inWords = (rules, id, answer, words = rules.words.told) => {
    const question = questionOf(rules, id);
    if (question.reserved?.includes(answer)) return words[answer];
    const unit = question.unit && /^(number|whole|date)$/.test(question.type) ? ` ${question.unit}` : "";
    return [].concat(answer).map((one) => label(question, one)).join("; ") + unit;
  };

  // The text with answers in it; null where there is no text. `answers` is a map.
  const filled = (rules, answers, text) => {
    const { inside } = rules.words;
    const words = (_, id) => (answers.has(id) ? inWords(rules, id, answers.get(id), inside) : inside.open);
    return (inside ? text?.replace(REPEATED, words) : text) ?? null;
  };
  const asked = (rules, id, given) => filled(rules, engine.view(rules, given).given, questionOf(rules, id).ask);

  // The most urgent next step and the lines that call for it, as soon as it is certain; null before.
  const certain = (rules, given) => {
    const urgent = engine.urgent(rules, given);
    if (!urgent) return null;
    const fill = (text) => filled(rules, engine.view(rules, given).given, text);
    const lines = urgent.lines.map(({ id, title, says }) => ({ id, title: fill(title), says: fill(says) }));
    const step = { id: urgent.step.id, title: fill(urgent.step.title), says: fill(urgent.step.says) };
    return { step, lines, says: [step.says, ...lines.map(({ title, says }) => (title ? `${title}. ${says}` : says))] };
  };

  // ---- The summary
  const unique = (list) => [...new Set(list)];
  const source = ({ library, words }, id) => {
    if (!library) return { id, source: null, section: null, says: null };
    const { documents = [], section, says } = library.statements[id];
    const titles = documents.map((name) => library.documents[name].title).join("; ");
    const heading = section === undefined ? null : library.documents[documents[0]].sections[section].heading;
    return { id, source: titles || words.no_source, section: heading, says };
  };
  const finding = ({ line, certainty, because }, fill) => ({
    id: line.id,
    topic: line.topic,
    title: fill(line.title),
    says: fill(line.says),
    more: fill(line.more),
    short: line.short ?? null,
    certainty,
    because,
    from: line.from ?? [],
    ask: fill(line.ask),
  });

  // An object has keys such as `1` before all others; the order of the answers is kept beside it, for the text.
  const orders = new WeakMap();
  const assess = (rules, given) => {
    const { answers, complete, step, findings, referral, open } = engine.follows(rules, given);
    const fill = (text) => filled(rules, new Map(answers), text);
    const lines = findings.map((found) => finding(found, fill));
    const said = findings.map(({ line }) => line);
    const calling = said.filter(({ disposition }) => disposition === step.id).map(({ id }) => ({ guidance: id }));
    const cited = [step, ...said, referral].flatMap(({ from = [] }) => from);
    const summary = {
      schema: "screener/summary/1",
      rules: { ...rules.rules },
      ...(rules.counted ? { date: rules.today } : {}),
      language: rules.language,
      complete,
      answers: Object.fromEntries(answers),
      disposition: {
        id: step.id,
        title: fill(step.title),
        says: fill(step.says),
        short: step.short ?? null,
        from: step.from ?? [],
        because: calling,
      },
      findings: lines,
      questions_to_ask: unique(lines.map(({ ask }) => ask).filter((ask) => ask !== null)),
      referral: { id: referral.id, says: fill(referral.says), from: referral.from ?? [] },
      sources: unique(cited).map((id) => source(rules, id)),
      open,
    };
    orders.set(summary.answers, answers);
    return summary;
  };

  // ---- JSON text, byte for byte as Python's `json.dumps(value, ensure_ascii=False, indent=2)` has it
  const written = (value, before = "\n") => {
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    const inner = `${before}  `;
    const named = () => orders.get(value) ?? Object.entries(value);
    const parts = Array.isArray(value)
      ? value.map((one) => written(one, inner))
      : named().map(([key, one]) => `${JSON.stringify(key)}: ${written(one, inner)}`);
    const [open, close] = Array.isArray(value) ? "[]" : "{}";
    return parts.length ? open + inner + parts.join(`,${inner}`) + before + close : open + close;
  };
  const visible = (text) => text.replace(UNSAFE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const text = (summary) => `${visible(written(summary))}\n`;

  return { assess, text, certain, asked, inWords, visible };
})
