/* Photographs are shrunk on the device before they are sent; the server does the same to whatever comes. */
(function () {
  "use strict";

  const portal = window.portal;

  /* A photograph no larger than a page needs; as it was when it is small enough or this browser cannot shrink it. */
  function shrunk(file, edge) {
    if (!edge || !/^image\/(jpeg|png)$/.test(file.type) || !window.createImageBitmap) return Promise.resolve(file);
    return window.createImageBitmap(file, { imageOrientation: "from-image" }).then(function (picture) {
      const scale = edge / Math.max(picture.width, picture.height);
      if (scale >= 1) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      return new Promise(function (done) { canvas.toBlob(done, file.type, 0.85); }).then(function (small) {
        return small && small.size < file.size ? new File([small], file.name, { type: file.type }) : file;
      });
    }).catch(function () { return file; });
  }

  portal.shrunk = shrunk;

  /* A field that goes with its form: what was chosen is replaced by what is sent; whoever sends at once sends it whole. */
  document.addEventListener("change", function (event) {
    const input = event.target;
    if (!input.matches("input[type=file][data-long-edge]:not([data-upload])")) return;
    const chosen = Array.from(input.files);
    Promise.all(chosen.map(function (file) { return shrunk(file, Number(input.dataset.longEdge)); })).then(function (light) {
      if (chosen.length !== input.files.length || chosen.some(function (file, at) { return file !== input.files[at]; })) return;
      const held = new DataTransfer();
      light.forEach(function (file) { held.items.add(file); });
      input.files = held.files;
    }).catch(function () { /* this browser leaves the field as it is */ });
  });
})();
