// Where the page begins, once unpack.js has put this script behind its data. The file is a few statements; `app` is what
// app.js makes.
const script = document.currentScript;
const host = script.parentElement;
const data = JSON.parse(script.previousElementSibling.textContent);
script.remove();
// In somebody else's page the length `rem` is theirs; here it is the size of letters that the person has set.
const inside = () => {
  const root = host.attachShadow({ mode: "open" });
  const page = root.appendChild(Object.assign(document.createElement("div"), { className: "page" }));
  page.style.fontSize = "medium";
  const letters = parseFloat(getComputedStyle(page).fontSize);
  page.removeAttribute("style");
  const style = new CSSStyleSheet();
  style.replaceSync(data.style.replace(/([\d.]+)rem\b/g, (_, many) => `${many * letters}px`));
  root.adoptedStyleSheets = [style];
  return page;
};
const begin = () => {
  const alone = data.style === undefined;
  for (const child of [...host.children]) child.remove();
  app(alone ? host : inside(), data, alone);
};
if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
else begin();
