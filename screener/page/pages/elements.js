// Elements of a page. The file is one expression, a function that makes an element. Texts stay texts, whatever is in them.
//
// An attribute that is a function is called when the event of its name comes; one that is null or false is left out.
// Children are elements and texts, in lists of any depth; those that are null, false or empty are left out.
(() => {
  "use strict";
  return (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== false && child !== ""));
    return element;
  };
})()
