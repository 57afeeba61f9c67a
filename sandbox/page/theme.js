/* Sets the colours before the first paint; a plain script, because modules run only after it. */
(function () {
  const chosen = new URLSearchParams(location.search).get("theme") || localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
})();
