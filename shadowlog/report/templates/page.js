(function () {
  "use strict";
  var root = document.documentElement;
  var charts = JSON.parse(document.getElementById("charts").textContent);
  var folds = Array.prototype.slice.call(document.querySelectorAll("details"));
  // A4 less its margins, in pixels; a chart is drawn so much smaller there, and smaller yet where it would not fit a page.
  var paper = 668, zoom = 0.7, tallest = 900;
  var settings = { displayModeBar: false, staticPlot: false, responsive: false, scrollZoom: false, doubleClick: false, typesetMath: false };

  // A number stands beside each bar: what it needs in pixels is taken from the axis at every width.
  function fit(layout, width) {
    var meta = layout.meta;
    layout.width = width;
    if (!meta || !meta.axes) { return layout; }
    var panel = width * meta.part;
    var room = Math.min(meta.room, panel * 0.7);
    meta.axes.forEach(function (axis) { layout[axis].range = [0, meta.most * panel / (panel - room)]; });
    return layout;
  }

  function draw(key, width) {
    var place = document.getElementById(key);
    var chart = charts[key];
    var scale = width ? Math.min(zoom, tallest / chart.layout.height) : 1;
    place.style.zoom = scale;
    var wide = width ? Math.floor(width / scale) : Math.max(place.clientWidth, 240);
    if (place.dataset.width === String(wide)) { return; }
    place.dataset.width = String(wide);
    Plotly.react(place, chart.data, fit(chart.layout, wide), settings);
  }

  function drawAll(width) { Object.keys(charts).forEach(function (key) { draw(key, width); }); }

  root.classList.add("drawn");
  folds.forEach(function (fold) { fold.open = false; });
  drawAll();

  var waiting = false;
  window.addEventListener("resize", function () {
    if (waiting) { return; }
    waiting = true;
    window.requestAnimationFrame(function () { waiting = false; drawAll(); });
  });

  // Charts carry their numbers; on paper the long tables join them, and whatever the reader opened.
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = folds.filter(function (fold) { return !fold.open && fold.classList.contains("long"); });
    opened.forEach(function (fold) { fold.open = true; });
    drawAll(paper);
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (fold) { fold.open = false; });
    drawAll();
  });
}());
