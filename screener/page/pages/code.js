// The answers as a code to scan, at the end of a summary. The file is one expression, a function of the engine, of what
// pack.js and seal.js make, of the encoder in vendor/, and of what makes elements.
((engine, pack, seal, qr, make) => {
  "use strict";
  // See screener/page/code/picture.py: a larger code is hard to scan from a phone; scanners need a light edge.
  const LARGEST = 20;
  const EDGE = 4;

  const picture = (text) => {
    try {
      return qr.generate(text, { minCorrectionLevel: qr.correction.M, maxVersion: LARGEST });
    } catch {
      return null; // too long
    }
  };

  // ---- Elements
  const shape = (tag, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const drawn = ({ size, get }) => {
    const [places, width] = [[...Array(size).keys()], size + 2 * EDGE];
    const path = places.flatMap((y) => places.filter((x) => get(x, y)).map((x) => `M${x + EDGE} ${y + EDGE}h1v1h-1z`));
    const whole = { role: "img", "aria-labelledby": "code", viewBox: `0 0 ${width} ${width}`, width: `${width}mm` };
    const svg = shape("svg", whole);
    svg.append(shape("rect", { width: "100%", height: "100%", fill: "#fff" }), shape("path", { d: path.join("") }));
    return svg;
  };
  const inFile = (words, text) => {
    const href = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/plain" }));
    return make("p", {}, make("a", { href, download: "screener-code.txt" }, words.code_in_a_file));
  };
  const shown = ({ words, key, idle }, text) => {
    const [made, whose] = [picture(text), make("p", {}, key ? words.code_is_sealed : words.code_is_open)];
    if (!made) return [make("p", {}, words.code_full), ...(idle ? [] : [whose, inFile(words, text)])];
    const letters = make("details", {}, make("summary", {}, words.code_in_letters), make("p", { dir: "ltr" }, text));
    return [make("p", {}, words.code_holds), whose, drawn(made), letters];
  };

  // A part of the summary with the code of these answers. With `key` it is sealed, or there is none.
  return (data, given) => {
    const { table: rules, words, key } = data;
    const place = make("div", { role: "status" });
    const body = pack.packed(rules, engine.view(rules, given));
    if (key) {
      seal.sealed(Uint8Array.from(key), body)
        .then((bytes) => shown(data, pack.written(true, bytes)), () => [make("p", {}, words.code_not_sealed)])
        .then((nodes) => place.append(...nodes));
    } else place.append(...shown(data, pack.written(false, body)));
    return make("section", { class: "code", "aria-labelledby": "code" }, make("h2", { id: "code" }, words.code), place);
  };
})
