/* Files go up on their own as soon as chosen, photographs shrunk first; a save waits for those still on their way. */
(function () {
  "use strict";

  const portal = window.portal;
  const form = portal.form;
  const inputs = form ? Array.from(form.querySelectorAll("input[data-upload]")) : [];
  if (!inputs.length) return;

  const STALLED_AFTER = 60000;
  const list = form.querySelector(".upload-list");
  let chosen = 0;
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

  function prepare(file, input) {
    const turn = (chosen += 1);
    running += 1; // a save waits for the shrinking too
    portal.shrunk(file, Number(input.dataset.longEdge)).then(function (light) {
      upload(light, input, turn);
      ended();
    });
  }

  function ended() {
    running -= 1;
    if (!running) waiting.splice(0).forEach(function (go) { go(); });
  }

  function upload(file, input, turn) {
    const line = part("li", file.name + " ");
    line.dataset.turn = turn;
    list.appendChild(line);
    if (file.size > Number(input.dataset.most) * 1024 * 1024) {
      return refuse(file, line, input, "Tệp lớn hơn " + input.dataset.most + " MB.", false);
    }
    send(file, line, input);
  }

  function send(file, line, input) {
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    const request = new XMLHttpRequest();
    const data = new FormData();
    data.append(input.name, file, file.name);
    let stalled;
    function alive() {
      clearTimeout(stalled);
      stalled = setTimeout(function () {
        request.abort();
        refuse(file, line, input, "Mất kết nối.", true);
      }, STALLED_AFTER);
    }
    request.open("POST", input.dataset.upload);
    request.setRequestHeader("X-CSRFToken", portal.token());
    request.setRequestHeader("X-Requested-With", "fetch");
    request.upload.onprogress = function (event) {
      alive();
      if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    };
    request.onload = function () { answered(request, file, line, input); };
    request.onerror = function () { refuse(file, line, input, "Mất kết nối.", true); };
    request.onloadend = function () {
      clearTimeout(stalled);
      ended();
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

  function answered(request, file, line, input) {
    let answer = {};
    try { answer = JSON.parse(request.responseText); } catch (error) { /* said below */ }
    if (request.status === 201) return take(answer, file, line, input);
    if (request.status === 401) return refuse(file, line, input, "Phiên làm việc đã hết. Đăng nhập lại rồi chọn lại tệp.", false);
    if (request.status === 403 && !answer.error) return refuse(file, line, input, "Trang để lâu nên chưa gửi được. Bấm “Lưu” rồi chọn lại tệp.", false);
    if (request.status === 413) return refuse(file, line, input, "Tệp lớn quá.", false);
    // What the server says of the file itself is not put right by sending it again.
    refuse(file, line, input, answer.error || "Chưa gửi được tệp.", !(answer.error && request.status < 500));
  }

  function refuse(file, line, input, words, mayTry) {
    if (!line.isConnected) return;
    const said = part("p", file.name + ": " + words, "error");
    const acts = part("p", "", "row-acts");
    if (mayTry) {
      const again = button("Gửi lại", file.name, function () {
        line.className = "";
        line.textContent = file.name + " ";
        send(file, line, input);
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
    if (mayTry) return;
    const missing = document.createElement("input"); // every save says so, until it is dropped or another is chosen
    missing.type = "hidden";
    missing.name = "tep-thieu";
    missing.value = said.textContent;
    line.appendChild(missing);
  }

  /* A file that arrived is a row as those the server draws: who may read it is chosen at once, or it is dropped. */
  function take(answer, file, line, input) {
    const turn = Number(line.dataset.turn);
    const later = Array.from(form.querySelectorAll("[data-rows=files] [data-turn]")).find(function (one) {
      return Number(one.dataset.turn) > turn;
    });
    const row = portal.addRow("files", later); // as chosen, whichever arrives first
    if (!row) return refuse(file, line, input, "Đã đủ số tệp của một văn bản.", false);
    line.remove();
    row.dataset.turn = turn;
    row.querySelector("input[name$='-file']").value = answer.code;
    const link = row.querySelector(".picked a");
    link.href = answer.address;
    link.textContent = answer.name;
    row.querySelector(".picked .meta").textContent = answer.words;
    if (answer.small) {
      const picture = document.createElement("img");
      picture.src = answer.small;
      picture.alt = "";
      link.before(picture);
    }
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
    const input = event.target;
    if (!inputs.includes(input)) return;
    list.querySelectorAll("[name=tep-thieu]").forEach(function (one) { one.closest("li").remove(); });
    Array.from(input.files).forEach(function (file) { prepare(file, input); });
    input.value = "";
  });
})();
