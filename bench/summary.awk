# Turns lines of "round tool wall [cpu]" into two Markdown tables: each tool's seconds, and ratios within the same round, where noise that both
# met cancels out: of the first tool to each other one, or with -v base=TOOL of each other one to that.
{ wall[$2, $1] = $3; cpu[$2, $1] = $4; rounds = $1 > rounds ? $1 : rounds; if (NF > 3) cpus = 1 }

function spread(values, n,    i, j, swap) { # minimum, median and maximum as table cells
  for (i = 2; i <= n; i++)
    for (j = i; j > 1 && values[j - 1] > values[j]; j--) { swap = values[j]; values[j] = values[j - 1]; values[j - 1] = swap }
  return sprintf("%.2f | %.2f | %.2f", values[1], n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2, values[n])
}

function head(first, unit) {
  print "| " first " | wall" unit ": min | median | max |" (cpus ? " CPU" unit ": min | median | max |" : "")
  print "|---|--:|--:|--:|" (cpus ? "--:|--:|--:|" : "")
}

function ratio(over, under,    r) {
  for (r = 1; r <= rounds; r++) { w[r] = wall[over, r] / wall[under, r]; if (cpus) c[r] = cpu[over, r] / cpu[under, r] }
  print "| " over " / " under " | " spread(w, rounds) " |" (cpus ? " " spread(c, rounds) " |" : "")
}

END {
  count = split(tools, tool, " ")
  head("tool", " s")
  for (t = 1; t <= count; t++) {
    for (r = 1; r <= rounds; r++) { w[r] = wall[tool[t], r] + 0; c[r] = cpu[tool[t], r] + 0 }
    print "| " tool[t] " | " spread(w, rounds) " |" (cpus ? " " spread(c, rounds) " |" : "")
  }
  if (count < 2) exit
  print ""
  head("ratio, paired by round", "")
  for (t = 1; t <= count; t++)
    if (base != "" && tool[t] != base) ratio(tool[t], base)
    else if (base == "" && t > 1) ratio(tool[1], tool[t])
}
