// Takes the page out of its packet: the data, and the script whose hash the page's policy names besides that of this one.
// The packet stands before this script, as base64 of the zlib format; both stand in the element that the page is put into.
// What comes after them there is for browsers in which this fails, or does not run.
const packet = document.currentScript.previousElementSibling;
const host = packet.parentElement;
const unpacked = async (text) => {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
};
const fail = () => host.classList.remove("live");
// The script takes itself away where it runs; it does not where a policy of somebody else's page is in its way.
const run = ([script, data]) => {
  const element = Object.assign(document.createElement("script"), { textContent: script });
  packet.textContent = data;
  packet.after(element);
  if (element.isConnected) fail();
};
// In a browser that lacks one of these it would fail later, in the middle of the questions.
const able = [].at && "".matchAll && Object.fromEntries && host.replaceChildren && window.CSS && CSS.escape;
if (able && window.DecompressionStream && document.adoptedStyleSheets) {
  host.classList.add("live");
  unpacked(packet.textContent).then(run).catch(fail);
}
