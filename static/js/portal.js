/* Helps on staff pages: suggestions, saving by itself, files that upload on their own, lost connections.
   Every page works without it. Nothing here touches the text or selection of a field while it is typed in. */
(function () {
  "use strict";

  const AUTOSAVE_EVERY = 20000;
  const SUGGEST_AFTER = 250;
  const main = document.getElementById("main");
  const form = document.querySelector("form[data-keep]");

  function token() {
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    return field ? field.value : "";
  }

  function post(url, body, leaving) {
    return fetch(url, {
      method: "POST",
      body: body,
      keepalive: Boolean(leaving),
      headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" },
      credentials: "same-origin",
    });
  }

  function say(words) {
    const place = document.getElementById("ghi-chu-luu");
    if (place) place.textContent = words;
  }

  /* --- errors first: a page that comes back with errors starts at their summary */
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  /* --- suggestions: buttons below the field; they take nothing over and close with Escape */
  let asking = 0;

  function closeSuggestions(except) {
    document.querySelectorAll("ul.suggest").forEach(function (list) {
      if (list !== except) list.remove();
    });
  }

  function paperDate() {
    const dated = form && form.elements.dated;
    return dated ? dated.value : "";
  }

  function choose(pick, input, one) {
    input.value = one.name;
    pick.querySelector("input[type=hidden]").value = one.code;
    closeSuggestions();
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  }

  function offer(pick, input, found) {
    closeSuggestions();
    if (!found.length) return;
    const list = document.createElement("ul");
    list.className = "suggest";
    list.setAttribute("aria-label", "Gợi ý");
    found.forEach(function (one) {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = one.name;
      if (one.line) {
        const line = document.createElement("span");
        line.className = "meta";
        line.textContent = " " + one.line;
        button.appendChild(line);
      }
      button.addEventListener("click", function () { choose(pick, input, one); });
      item.appendChild(button);
      list.appendChild(item);
    });
    pick.appendChild(list);
  }

  function ask(pick, input) {
    const text = input.value;
    const mine = ++asking;
    if (text.trim().length < 2) return closeSuggestions();
    const query = new URLSearchParams({ q: text, ngay: paperDate() });
    fetch("/lam-viec/goi-y/" + pick.dataset.register + "/?" + query, {
      headers: { "X-Requested-With": "fetch" },
      credentials: "same-origin",
    }).then(function (answer) {
      return answer.ok ? answer.json() : { found: [] };
    }).then(function (answer) {
      if (mine === asking && document.activeElement === input) offer(pick, input, answer.found);
    }).catch(function () {});
  }

  let typing;
  document.addEventListener("input", function (event) {
    const pick = event.target.closest(".pick");
    if (!pick || event.target.type !== "text") return;
    pick.querySelector("input[type=hidden]").value = "";
    clearTimeout(typing);
    typing = setTimeout(function () { ask(pick, event.target); }, SUGGEST_AFTER);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") closeSuggestions();
  });
  document.addEventListener("focusin", function (event) {
    const inside = event.target.closest(".pick");
    closeSuggestions(inside ? inside.querySelector("ul.suggest") : null);
  });

  /* --- copying a ready text */
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    navigator.clipboard.writeText(source.textContent.trim()).then(function () {
      button.textContent = "Đã chép";
    });
  });

  if (!form) return;

  /* --- what was read in the number line and the title fills fields that are still empty */
  function fillEmpty(answer) {
    Object.keys(answer.fields).forEach(function (name) {
      const field = form.elements[name];
      const typedIn = field && field === document.activeElement && field.tagName !== "SELECT";
      if (!field || field.value || typedIn) return;
      field.value = answer.fields[name];
      field.closest(".field").classList.add("field-proposed");
    });
    Object.keys(answer.echoes).forEach(function (name) {
      const field = form.elements[name];
      const box = field && field.closest && field.closest(".field");
      if (!box) return;
      let echo = box.querySelector(".echo");
      if (!echo) {
        echo = document.createElement("div");
        echo.className = "echo";
        box.appendChild(echo);
      }
      echo.textContent = answer.echoes[name];
    });
    fillParties(answer.parties);
  }

  function fillParties(parties) {
    const rows = form.querySelectorAll("#rows-partners .pick");
    const written = Array.from(rows).some(function (pick) { return pick.querySelector("input").value; });
    if (written || !parties.length) return;
    parties.slice(0, rows.length).forEach(function (one, index) {
      const [text, code] = rows[index].querySelectorAll("input");
      if (text === document.activeElement) return;
      text.value = one.name;
      code.value = one.code;
      text.closest(".field").classList.add("field-proposed");
    });
  }

  form.addEventListener("change", function (event) {
    if (!["number_line", "title"].includes(event.target.name) || !event.target.value.trim()) return;
    post(form.dataset.propose, new URLSearchParams(new FormData(form)))
      .then(function (answer) { if (answer.ok) answer.json().then(fillEmpty); })
      .catch(function () {});
  });
  form.addEventListener("focusin", function (event) {
    const box = event.target.closest(".field-proposed");
    if (box) box.classList.remove("field-proposed");
  });

  /* --- saving by itself, apart from the record */
  let kept = snapshot();

  function snapshot() {
    const data = new URLSearchParams(new FormData(form));
    data.delete("tep");
    data.delete("csrfmiddlewaretoken");
    return data.toString();
  }

  function autosave(leaving) {
    const now = snapshot();
    if (now === kept) return;
    const data = new URLSearchParams(now);
    data.set("loai", form.dataset.keep);
    // A browser carries at most 64 KB for a page that is closing.
    post(form.dataset.autosave, data, leaving && data.toString().length < 60000).then(function (answer) {
      if (answer.ok) {
        kept = now;
        answer.json().then(function (saved) { say("Đã tự giữ lúc " + saved.saved + " · bấm “Lưu” để lưu văn bản"); });
      } else if (answer.status === 401) {
        say("Phiên làm việc đã hết. Bấm “Lưu” để đăng nhập lại, nội dung vẫn còn.");
      } else {
        say("Chưa tự giữ được. Bấm “Lưu” để lưu văn bản.");
      }
    }).catch(function () {
      say("Mất kết nối. Nội dung vẫn còn trên trang; sẽ tự giữ khi có mạng.");
    });
  }
  setInterval(function () { autosave(false); }, AUTOSAVE_EVERY);
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") autosave(true);
  });

  /* --- a lost connection never throws the page away: it is tried first, then the form is sent, once */
  const SENT_AGAIN_AFTER = 4000;
  let busy = false;
  let passing = false;

  function sendForm(pressed) {
    if (form.requestSubmit) {
      passing = true;
      form.requestSubmit(pressed && pressed.form === form ? pressed : undefined);
      passing = false;
      return;
    }
    const command = document.createElement("input"); // Safari before 16 has no requestSubmit
    command.type = "hidden";
    command.name = "lam";
    command.value = pressed ? pressed.value : "save";
    form.appendChild(command);
    form.submit();
  }

  form.addEventListener("submit", function (event) {
    if (passing) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    const pressed = event.submitter;
    say("Đang gửi…");
    fetch("/healthz", { cache: "no-store" }).then(function (answer) {
      if (!answer.ok) throw new Error("away");
      sendForm(pressed);
      setTimeout(function () { busy = false; }, SENT_AGAIN_AFTER);
    }).catch(function () {
      busy = false;
      say("Mất kết nối. Nội dung vẫn còn trên trang; xin bấm lại khi có mạng.");
    });
  });

  /* --- files upload on their own as soon as chosen */
  const WIDEST = 2000;

  function upload(input, file) {
    const list = form.querySelector(".upload-list");
    const line = document.createElement("li");
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    line.textContent = file.name + " ";
    line.appendChild(bar);
    list.appendChild(line);
    send(input, file, line, bar);
  }

  function send(input, file, line, bar) {
    const request = new XMLHttpRequest();
    const data = new FormData();
    data.append("tep", file, file.name);
    request.open("POST", input.dataset.upload);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("X-Requested-With", "fetch");
    request.upload.onprogress = function (event) {
      if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    };
    request.onload = function () {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch (error) { /* said below */ }
      if (request.status === 201) return addFile(answer, line);
      failed(input, file, line, answer.error || "Chưa gửi được tệp.");
    };
    request.onerror = function () { failed(input, file, line, "Mất kết nối."); };
    request.send(data);
  }

  function failed(input, file, line, words) {
    line.textContent = file.name + ": " + words + " ";
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button-link";
    again.textContent = "Gửi lại";
    again.addEventListener("click", function () {
      line.remove();
      upload(input, file);
    });
    line.appendChild(again);
  }

  function addFile(answer, line) {
    const total = form.elements["files-TOTAL_FORMS"];
    const index = Number(total.value);
    if (index >= WIDEST) return;
    total.value = String(index + 1);
    [["file", answer.code], ["audience", "body"]].forEach(function (pair) {
      const hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = "files-" + index + "-" + pair[0];
      hidden.value = pair[1];
      line.appendChild(hidden);
    });
    line.querySelector("progress").remove();
    line.firstChild.textContent = answer.name + " · đã gửi, chỉ cơ quan soạn thấy";
  }

  form.addEventListener("change", function (event) {
    const input = event.target;
    if (!input.dataset || !input.dataset.upload) return;
    Array.from(input.files).forEach(function (file) { upload(input, file); });
    input.value = "";
  });

  /* --- rows drawn again by the server: the focus goes on from where the word was pressed */
  function writeIn(row) {
    const field = row && (row.querySelector("textarea, input[type=text]") || row.querySelector("select"));
    if (field) field.focus();
    return Boolean(field);
  }

  function goOn(command) {
    const [prefix, verb, place] = command.split(":");
    const rows = document.querySelectorAll("#rows-" + prefix + " > .form-row");
    const index = Number(place);
    if (verb === "add") return writeIn(rows[rows.length - 1]);
    if (verb === "drop" && writeIn(rows[Math.min(index, rows.length - 1)])) return;
    const to = verb === "up" ? index - 1 : index + 1;
    const words = verb === "up" ? ["len", "xuong"] : ["xuong", "len"];
    const next = words.map(function (word) { return document.getElementById(prefix + "-" + to + "-" + word); });
    const goal = next.find(Boolean) || document.getElementById(prefix + "-them");
    if (goal) goal.focus();
  }

  if (main) main.addEventListener("htmx:afterSettle", function (event) {
    const pressed = event.detail.requestConfig && event.detail.requestConfig.elt;
    const command = pressed && pressed.name === "lam" ? pressed.value : "";
    if (/:(add|drop|up|down)/.test(command)) goOn(command);
  });
  if (main) main.addEventListener("htmx:sendError", function () {
    say("Mất kết nối. Nội dung vẫn còn trên trang; xin bấm lại khi có mạng.");
  });
})();
