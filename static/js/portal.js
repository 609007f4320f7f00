/* What every staff page shares: words said at the foot, posts, errors first, copying. Every page works without scripts,
   and no script of ours touches the text or selection of a field while it is typed in. */
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

  window.portal = {
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

  /* --- errors first: a page that comes back with errors starts at their summary */
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  /* --- copying a ready text */
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    navigator.clipboard.writeText(source.textContent.trim()).then(function () {
      button.textContent = "Đã chép";
    });
  });
})();
