"use strict";
// What a reader without script does without: new rows that come by themselves, and a button that copies.

const MOST = 200;

function follow(list) {
  const state = document.getElementById("live-state");
  const button = document.getElementById("live-switch");
  const none = document.getElementById("no-entries");
  let address = list.dataset.live;
  let source = null;
  let wanted = true;

  function show() {
    button.textContent = wanted ? "Pause" : "Go on";
    state.textContent = wanted ? "Newest first. New requests appear by themselves." : "Paused.";
  }

  function add(event) {
    list.insertAdjacentHTML("afterbegin", event.data); // made by our own server, which escapes everything
    list.firstElementChild.classList.add("new");
    while (list.children.length > MOST) list.lastElementChild.remove();
    none.hidden = true;
    seen(event.lastEventId);
  }

  function seen(number) {
    address = address.replace(/after=\d+/, "after=" + number);
  }

  function open() {
    if (source !== null || !wanted || document.hidden) return;
    source = new EventSource(address);
    source.addEventListener("message", add);
    source.addEventListener("again", () => {
      list.replaceChildren();
      none.hidden = false;
      seen(0);
    });
    source.addEventListener("open", show);
    source.addEventListener("error", () => {
      state.textContent = "The emulator does not answer. Trying again.";
      if (source !== null && source.readyState === EventSource.CLOSED) close();
    });
  }

  function close() {
    if (source !== null) source.close();
    source = null;
  }

  button.hidden = false;
  button.addEventListener("click", () => {
    wanted = !wanted;
    if (wanted) open();
    else close();
    show();
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  show();
  open();
}

async function copy(button) {
  const label = button.textContent;
  const text = document.getElementById(button.dataset.copies).textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(document.getElementById(button.dataset.copies));
    button.textContent = "Selected: copy it from here";
  }
  setTimeout(() => (button.textContent = label), 2000);
}

for (const list of document.querySelectorAll("[data-live]")) if (window.EventSource) follow(list);
for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
