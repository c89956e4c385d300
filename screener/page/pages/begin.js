// Where the page begins. The file is a few statements; `app` is what app.js makes. The script stands in the element that
// the page is put into, behind its data; what comes after it there is for browsers in which it fails, or does not run.
const script = document.currentScript;
const host = script.parentElement;
const data = JSON.parse(script.previousElementSibling.textContent);
// In a browser that lacks one of these it would fail later, in the middle of the questions.
const able = [].at && "".matchAll && Object.fromEntries && host.replaceChildren && window.CSS && CSS.escape;
const inside = () => {
  const style = new CSSStyleSheet();
  style.replaceSync(data.style);
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [style];
  return root.appendChild(Object.assign(document.createElement("div"), { className: "page" }));
};
const begin = () => {
  const alone = data.style === undefined;
  app(alone ? host : inside(), data, alone);
  host.classList.add("live");
  addEventListener("DOMContentLoaded", () => host.querySelector(".without").remove());
};
if (able && (data.style === undefined || document.adoptedStyleSheets)) begin();
