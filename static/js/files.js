/* Files go up on their own as soon as chosen; a save waits for those still on their way. */
(function () {
  "use strict";

  const portal = window.portal;
  const form = portal.form;
  const input = form && form.querySelector("input[data-upload]");
  if (!input) return;

  const STALLED_AFTER = 60000;
  const list = form.querySelector(".upload-list");
  let running = 0;
  let waiting = [];

  function part(tag, words, className) {
    const made = document.createElement(tag);
    made.textContent = words;
    if (className) made.className = className;
    return made;
  }

  function button(words, name, press) {
    const made = part("button", words, "button-link");
    made.type = "button";
    made.appendChild(part("span", " " + name, "visually-hidden"));
    made.addEventListener("click", press);
    return made;
  }

  function upload(file) {
    const line = part("li", file.name + " ");
    list.appendChild(line);
    if (file.size > Number(input.dataset.most) * 1024 * 1024) {
      return refuse(file, line, "Tệp lớn hơn " + input.dataset.most + " MB.", false);
    }
    send(file, line);
  }

  function send(file, line) {
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    const request = new XMLHttpRequest();
    const data = new FormData();
    data.append("tep", file, file.name);
    let stalled;
    function alive() {
      clearTimeout(stalled);
      stalled = setTimeout(function () {
        request.abort();
        refuse(file, line, "Mất kết nối.", true);
      }, STALLED_AFTER);
    }
    request.open("POST", input.dataset.upload);
    request.setRequestHeader("X-CSRFToken", portal.token());
    request.setRequestHeader("X-Requested-With", "fetch");
    request.upload.onprogress = function (event) {
      alive();
      if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    };
    request.onload = function () { answered(request, file, line); };
    request.onerror = function () { refuse(file, line, "Mất kết nối.", true); };
    request.onloadend = function () {
      clearTimeout(stalled);
      running -= 1;
      if (!running) waiting.splice(0).forEach(function (go) { go(); });
    };
    line.append(bar, button("Bỏ", file.name, function () {
      line.remove();
      request.abort();
      input.focus();
    }));
    running += 1;
    alive();
    request.send(data);
  }

  function answered(request, file, line) {
    let answer = {};
    try { answer = JSON.parse(request.responseText); } catch (error) { /* said below */ }
    if (request.status === 201) return take(answer, file, line);
    if (request.status === 401) return refuse(file, line, "Phiên làm việc đã hết. Đăng nhập lại rồi chọn lại tệp.", false);
    if (request.status === 413) return refuse(file, line, "Tệp lớn quá.", false);
    // What the server says of the file itself is not put right by sending it again.
    refuse(file, line, answer.error || "Chưa gửi được tệp.", !(answer.error && request.status < 500));
  }

  function refuse(file, line, words, mayTry) {
    if (!line.isConnected) return;
    const said = part("p", file.name + ": " + words, "error");
    const acts = part("p", "", "row-acts");
    if (mayTry) {
      const again = button("Gửi lại", file.name, function () {
        line.className = "";
        line.textContent = file.name + " ";
        send(file, line);
      });
      again.dataset.again = "";
      acts.appendChild(again);
    }
    acts.appendChild(button("Bỏ", file.name, function () {
      line.remove();
      input.focus();
    }));
    line.className = "field-error";
    line.replaceChildren(said, acts);
  }

  /* A file that arrived is a row as those the server draws: who may read it is chosen at once, or it is dropped. */
  function take(answer, file, line) {
    const row = portal.addRow("files");
    if (!row) return refuse(file, line, "Đã đủ số tệp của một văn bản.", false);
    line.remove();
    row.querySelector("input[name$='-file']").value = answer.code;
    const link = row.querySelector(".picked a");
    link.href = answer.address;
    link.textContent = answer.name;
    row.querySelector(".picked .meta").textContent = answer.words;
    portal.say("Đã gửi tệp " + answer.name + ".");
    portal.changed();
  }

  /* Whether the form may go: no file is on its way, and none was lost on it. */
  function allSent() {
    const lost = list.querySelector("[data-again]");
    if (!lost) return true;
    portal.say("Còn tệp chưa gửi được. Xin gửi lại hoặc bỏ tệp đó, rồi bấm “Lưu”.");
    portal.show(lost);
    lost.focus();
    return false;
  }

  portal.filesSent = function () {
    if (!running) return Promise.resolve(allSent());
    portal.say("Đang gửi tệp. Gửi xong sẽ lưu ngay.");
    return new Promise(function (go) { waiting.push(go); }).then(allSent);
  };

  form.addEventListener("change", function (event) {
    if (event.target !== input) return;
    Array.from(input.files).forEach(upload);
    input.value = "";
  });
})();
