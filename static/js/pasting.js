/* A table copied from a page or a mail comes as plain text with its cells one below the other. Into a box that is cut into
   fields its rows are written as a word processor writes them: cells parted by tabs. Any other paste is the browser's own. */
(function () {
  "use strict";

  const BLOCKS = "p, div, li, h1, h2, h3, h4, h5, h6";
  const form = window.portal.form;
  if (!form) return;

  function printed(page) {
    const texts = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replace(/\s+/g, " ");
    page.querySelectorAll("style, script").forEach(function (one) { one.remove(); });
    page.querySelectorAll("br").forEach(function (one) { one.replaceWith("\n"); });
    page.querySelectorAll(BLOCKS).forEach(function (one) { one.append("\n"); });
    page.querySelectorAll("tr").forEach(function (row) {
      const cells = Array.from(row.cells, function (cell) { return cell.textContent.trim(); });
      row.replaceChildren(cells.join("\t") + "\n");
    });
    return page.body.textContent.replace(/ *\n */g, "\n").replace(/\n{3,}/g, "\n\n").trim();
  }

  form.addEventListener("paste", function (event) {
    const clip = event.clipboardData;
    const isCut = /(^number_line|-dan)$/.test(event.target.name || "");
    if (!isCut || !clip || clip.getData("text/plain").includes("\t")) return;
    const page = new DOMParser().parseFromString(clip.getData("text/html"), "text/html");
    if (!page.querySelector("td + td")) return;
    event.preventDefault();
    document.execCommand("insertText", false, printed(page)); // as a paste it can be undone
  });
})();
