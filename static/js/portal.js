/* What every staff page shares: words said at the foot, posts, forms sent over a living line only, errors first, copying.
   Every page works without scripts, and no script of ours touches the text or selection of a field while it is typed in. */
(function () {
  "use strict";

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

  /* What the page understood of a field, or what is open about it, is said below it. */
  function echo(field, words, isOpen) {
    const box = field.closest(".field");
    if (!box) return;
    let said = box.querySelector(".echo");
    if (!said) {
      said = document.createElement("div");
      said.setAttribute("aria-live", "polite");
      box.appendChild(said);
    }
    said.className = isOpen ? "echo echo-open" : "echo";
    said.textContent = words;
  }

  const portal = window.portal = {
    form: form,
    token: token,
    post: post,
    say: say,
    echo: echo,
    /* Something was written into the form by a script: rows, proposals, files. */
    changed: function () { form.dispatchEvent(new Event("portal:changed")); },
    LOST: "Mất kết nối. Nội dung vẫn còn trên trang; xin bấm lại khi có mạng.",
    ENDED: "Phiên làm việc đã hết. Bấm “Lưu” để đăng nhập lại, nội dung vẫn còn.",
  };

  /* --- a lost connection never throws a page away: it is tried first, then the form is sent, once */
  const SENT_AGAIN_AFTER = 4000;
  let going = null;
  let pressed = null;
  let passing = false;

  /* Said in the form's own place at its foot, else beside the button. */
  function sayOf(form, words) {
    if (form === portal.form) return say(words);
    const said = form.querySelector(".sent-note") || document.createElement("span");
    said.className = "sent-note meta no-print";
    said.setAttribute("role", "status");
    if (pressed && pressed.form === form && !pressed.classList.contains("visually-hidden")) pressed.after(said);
    else form.append(said);
    said.textContent = words;
  }

  function send(form) {
    const button = pressed && pressed.form === form ? pressed : undefined;
    form.dispatchEvent(new Event("portal:sending"));
    setTimeout(function () { going = null; }, SENT_AGAIN_AFTER);
    if (form.requestSubmit) {
      passing = true;
      form.requestSubmit(button);
      passing = false;
      return;
    }
    const command = document.createElement("input"); // Safari before 16 has no requestSubmit
    command.type = "hidden";
    if (button) {
      command.name = button.name;
      command.value = button.value;
    }
    form.append(command);
    form.submit();
    command.remove();
  }

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (passing || event.defaultPrevented || !form.matches("main form[method=post]")) return;
    event.preventDefault();
    if (event.submitter && event.submitter.hasAttribute("data-rests")) return; // what Enter presses
    if (going && going !== form) return;
    pressed = event.submitter; // of several presses while files are on their way, the last one counts
    if (going) return;
    going = form;
    const ready = form === portal.form && portal.filesSent ? portal.filesSent() : Promise.resolve(true);
    ready.then(function (isReady) {
      if (!isReady) {
        going = null;
        return null;
      }
      sayOf(form, "Đang gửi…");
      return fetch("/healthz", { cache: "no-store" }).then(function (answer) {
        if (!answer.ok) throw new Error("away");
        send(form);
      });
    }).catch(function () {
      going = null;
      sayOf(form, portal.LOST);
    });
  });
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    document.querySelectorAll(".sent-note").forEach(function (said) { said.remove(); });
    going = null;
  });

  /* --- errors first: a page that comes back with errors starts at their summary */
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  /* --- copying a ready text; without a script its button would do nothing */
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    navigator.clipboard.writeText(source.textContent.trim()).then(function () {
      button.textContent = "Đã chép";
    });
  });
})();
