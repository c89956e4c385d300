// Elements of a page. The file is one expression, a function that makes an element. Texts stay texts, whatever is in them.
//
// An attribute that is a function is called when the event of its name comes; one that says nothing is left out.
// Children are elements and texts, in lists of any depth; those that are nothing are left out.
(() => {
  "use strict";
  const says = (value) => value !== undefined && value !== null && value !== false;
  return (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (says(value)) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat(Infinity).filter((child) => child !== "" && says(child)));
    return element;
  };
})()
