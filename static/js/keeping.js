/* Nothing typed is lost: the form saves itself and is held once it is sent; what the number line and the title propose
   goes only into fields nobody has written in. */
(function () {
  "use strict";

  const AUTOSAVE_EVERY = 20000;
  const GIVEN_UP_AFTER = 30000;
  const PROPOSING = ["number_line", "title", "program", "program-ma", "implementation", "methods", "articles"];
  const portal = window.portal;
  const form = portal.form;
  if (!form) return;

  /* --- what was read in the number line and the title, and the parties of the programme chosen */
  function fillEmpty(answer) {
    const proposed = form.elements.proposed;
    Object.keys(answer.fields).forEach(function (name) {
      const field = form.elements[name];
      const typedIn = field && field === document.activeElement && field.tagName !== "SELECT";
      if (!field || field.value || typedIn) return;
      field.value = answer.fields[name];
      field.closest(".field").classList.add("field-proposed");
      proposed.value = (proposed.value + " " + name).trim();
    });
    Object.keys(answer.echoes).forEach(function (name) {
      const field = form.elements[name];
      if (field && field.closest) portal.echo(field, answer.echoes[name]);
    });
    fillParties(answer.parties);
    portal.changed();
    // What was said above may have pushed the field that has the focus under the bar.
    if (form.contains(document.activeElement)) document.activeElement.scrollIntoView({ block: "nearest" });
  }

  function fillParties(parties) {
    const picks = function () { return form.querySelectorAll("#rows-partners .pick"); };
    const written = Array.from(picks()).some(function (pick) { return pick.querySelector("input").value; });
    const proposed = form.elements.proposed;
    // Filled before and empty now: somebody cleared them.
    if (written || !parties.length || proposed.value.split(" ").includes("partners")) return;
    proposed.value = (proposed.value + " partners").trim();
    while (picks().length < parties.length && portal.addRow("partners"));
    const rows = picks();
    parties.slice(0, rows.length).forEach(function (one, index) {
      const [text, code] = rows[index].querySelectorAll("input");
      if (text === document.activeElement) return;
      text.value = one.name;
      code.value = one.code;
      if (one.side) rows[index].closest(".form-row").querySelector("select[name$='-side']").value = one.side;
      text.closest(".field").classList.add("field-proposed");
      portal.echo(text, one.name);
      if (one.asked) askOf(text, one);
    });
  }

  /* A guess stays one until somebody says that it is right, or names the body anew: the tick is the server's. */
  function askOf(text, one) {
    const guess = document.createElement("input");
    const asked = document.createElement("div");
    const words = document.createElement("p");
    const label = document.createElement("label");
    const tick = document.createElement("input");
    guess.type = "hidden";
    guess.name = text.name + "-doan";
    guess.value = one.code;
    asked.className = "warning";
    words.textContent = one.asked;
    label.className = "check";
    tick.type = "checkbox";
    tick.name = text.name + "-giu-nguyen";
    tick.value = one.key;
    label.append(tick, " Vẫn đúng, giữ nguyên");
    asked.append(words, label);
    text.closest(".field").classList.add("field-warn");
    text.closest(".pick").before(asked);
    text.closest(".pick").after(guess);
  }

  /* The programme whose parties were last proposed: leaving its field is no new choice. */
  let proposedFor = (form.elements["program-ma"] || {}).value;

  form.addEventListener("change", function (event) {
    if (!form.dataset.propose || !PROPOSING.includes(event.target.name) || !event.target.value.trim()) return;
    // Another line is read anew; what was cleared after the same line stays cleared.
    const proposed = form.elements.proposed;
    if (event.target.name === "number_line") proposed.value = "";
    const programme = form.elements["program-ma"];
    if (programme && programme.value !== proposedFor) {
      proposedFor = programme.value;
      proposed.value = proposed.value.replace(/\bpartners\b/, "").trim();
    }
    portal.post(form.dataset.propose, new URLSearchParams(new FormData(form)))
      .then(function (answer) { if (answer.ok) answer.json().then(fillEmpty); })
      .catch(function () {});
  });
  form.addEventListener("focusin", function (event) {
    const box = event.target.closest(".field-proposed");
    if (box) box.classList.remove("field-proposed");
  });

  /* --- saving by itself, apart from the record */
  let kept = "unsaved" in form.dataset ? "" : snapshot(); // what came back refused is kept nowhere yet
  let keeping = false;
  let sent = false;

  function snapshot() {
    const data = new URLSearchParams(new FormData(form));
    ["tep", "phan", "csrfmiddlewaretoken"].forEach(function (name) { data.delete(name); });
    return data.toString();
  }

  function autosave(leaving) {
    const now = snapshot();
    // A form on its way to be saved needs no other keeping, and one message at a time keeps their order.
    if (now === kept || sent || (keeping && !leaving)) return;
    const data = new URLSearchParams(now);
    data.set("loai", form.dataset.keep);
    keeping = true;
    // A browser carries at most 64 KB for a page that is closing.
    portal.post(form.dataset.autosave, data, leaving && data.toString().length < 60000).then(function (answer) {
      if (answer.ok) {
        kept = now;
        answer.json().then(function (saved) {
          if (saved.saved && !sent) portal.say(saved.words || "Đã tự giữ lúc " + saved.saved + " · bấm “Lưu” để lưu văn bản");
        });
      } else if (!sent) {
        portal.say(answer.status === 401 ? portal.ENDED : "Chưa tự giữ được. Bấm “Lưu” để lưu văn bản.");
      }
    }).catch(function () {
      if (!sent) portal.say("Mất kết nối. Nội dung vẫn còn trên trang; sẽ tự giữ khi có mạng.");
    }).finally(function () {
      keeping = false;
    });
  }
  setInterval(function () { autosave(false); }, AUTOSAVE_EVERY);
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") autosave(true);
  });

  /* A page drawn from what was sent has an address without its paper: it is named as soon as something is typed, as the
     server names a page it opens, so that Back and Reload lead to what was kept or saved, never to a twin. */
  function nameAddress() {
    if (!("new" in form.dataset)) return;
    const there = new URL(form.getAttribute("action"), location.href);
    if (there.pathname === location.pathname) there.search = location.search;
    there.searchParams.set("luu-tam", form.elements.ma.value);
    there.hash = location.hash;
    if (there.href !== location.href) history.replaceState(null, "", there);
  }
  form.addEventListener("input", nameAddress, { once: true });

  /* What is typed after the form went would be lost with the page: until the answer comes nothing can be. */
  function hold(isHeld) {
    form.classList.toggle("held", isHeld);
    form.querySelectorAll(".form-part").forEach(function (part) { part.inert = isHeld; });
  }
  ["beforeinput", "click"].forEach(function (name) { // of browsers that do not know what inert is
    form.addEventListener(name, function (event) {
      if (form.classList.contains("held") && event.target.closest(".form-part")) event.preventDefault();
    }, true);
  });
  function release() {
    sent = false;
    hold(false);
  }

  form.addEventListener("portal:sending", function () {
    sent = true;
    nameAddress();
    setTimeout(hold, 0, true); // after the browser has taken what the form says
    setTimeout(release, GIVEN_UP_AFTER);
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) release();
  });
})();
