# Turns lines of "round tool wall cpu" into two Markdown tables: each tool's seconds, and the ratios of the first tool to each other one
# within the same round, where noise that both met cancels out.
{ wall[$2, $1] = $3; cpu[$2, $1] = $4; rounds = $1 > rounds ? $1 : rounds }

function spread(values, n,    i, j, swap) { # minimum, median and maximum as table cells
  for (i = 2; i <= n; i++)
    for (j = i; j > 1 && values[j - 1] > values[j]; j--) { swap = values[j]; values[j] = values[j - 1]; values[j - 1] = swap }
  return sprintf("%.2f | %.2f | %.2f", values[1], n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2, values[n])
}

END {
  count = split(tools, tool, " ")
  print "| tool | wall s: min | median | max | CPU s: min | median | max |\n|---|--:|--:|--:|--:|--:|--:|"
  for (t = 1; t <= count; t++) {
    for (r = 1; r <= rounds; r++) { w[r] = wall[tool[t], r] + 0; c[r] = cpu[tool[t], r] + 0 }
    print "| " tool[t] " | " spread(w, rounds) " | " spread(c, rounds) " |"
  }
  if (count < 2) exit
  print "\n| ratio, paired by round | wall: min | median | max | CPU: min | median | max |\n|---|--:|--:|--:|--:|--:|--:|"
  for (t = 2; t <= count; t++) {
    for (r = 1; r <= rounds; r++) { w[r] = wall[tool[1], r] / wall[tool[t], r]; c[r] = cpu[tool[1], r] / cpu[tool[t], r] }
    print "| " tool[1] " / " tool[t] " | " spread(w, rounds) " | " spread(c, rounds) " |"
  }
}
