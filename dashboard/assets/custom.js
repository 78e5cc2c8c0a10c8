// Before the page itself is there: it can be zoomed, and says which language it is in.
document.documentElement.lang = new URLSearchParams(window.location.search).get("lang") === "en" ? "en" : "da";
document
  .querySelector('meta[name="viewport"]')
  .setAttribute("content", "width=device-width, initial-scale=1");
