// Where the page begins, once unpack.js has put this script behind its data. The file is a few statements; `app` is what
// app.js makes.
const script = document.currentScript;
const host = script.parentElement;
const data = JSON.parse(script.previousElementSibling.textContent);
script.remove();
const inside = () => {
  const style = new CSSStyleSheet();
  style.replaceSync(data.style);
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [style];
  return root.appendChild(Object.assign(document.createElement("div"), { className: "page" }));
};
const begin = () => {
  const alone = data.style === undefined;
  for (const child of [...host.children]) child.remove();
  app(alone ? host : inside(), data, alone);
};
if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
else begin();
