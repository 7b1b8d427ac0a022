#!/usr/bin/env bash
# Measures, and writes docs/performance.md.
#
#   benchmarks/run.sh [--quick] [--rounds N] [--jdk HOME]...
#   benchmarks/run.sh [--jdk HOME] --only ARGUMENT...
#
# --quick  only whether it works: a round of next to nothing; the page goes into benchmarks/target
# --rounds how often everything is measured; 3 unless said otherwise, which takes 20 minutes for a JDK
# --jdk    a JDK to measure with, again for each further one; otherwise that of JAVA_HOME, or the one on the path
# --only   runs JMH with these arguments instead, such as --only RouteTable -prof gc; writes no page
set -euo pipefail
cd "$(dirname "$0")/.."

quick=false
rounds=3
jdks=()
only=()
while [ $# -gt 0 ]; do
    case "$1" in
        --quick) quick=true ;;
        --jdk) jdks+=("$(cd "${2:?--jdk needs the home of a JDK}" && pwd)"); shift ;;
        --rounds) rounds=${2:?--rounds needs a number}; shift ;;
        --only) shift; only=("$@"); break ;;
        *) sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    esac
    shift
done
[ ${#jdks[@]} -gt 0 ] || jdks=("${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}")

page=docs/performance.md
# CPU time in milliseconds to warm up, and then: turns, and milliseconds of each.
turns_warm_up=1500
turns=(40 15)
slow_warm_up=6000
slow=($((rounds * 5)) 1000)
# The same to warm up, and what JMH does after that.
providers_warm_up=2500
providers=(-wi 1 -w 500ms -i 1 -r 1s)
# New JVMs for each chain, turns in each, and turns to warm up at most.
http=($((rounds + 4)) 40 8)
if $quick; then
    page=benchmarks/target/performance.md
    rounds=1
    turns_warm_up=100
    turns=(2 1)
    slow_warm_up=100
    slow=(1 200)
    providers_warm_up=100
    providers=(-wi 0 -i 1 -r 300ms)
    http=(1 1 2)
fi

mvn -q -B -DskipTests -DskipITs -pl benchmarks -am compile
commit=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
[ -z "$(git status --porcelain -- . ":!docs/performance.md" 2>/dev/null)" ] || commit="$commit with changes"
! $quick || commit="$commit; **a smoke run, whose figures mean nothing**"

cd benchmarks
class_path="target/classes:$(cat target/class-path)"
folders=()

# Runs a program of ours, or JMH, on the JDK whose turn it is.
run() {
    "$jdk/bin/java" -Dscopegate.bench.tokens="$results/tokens" -classpath "$class_path" "$@"
}

# One round of JMH: FILE, then what to measure.
jmh() {
    run -Dscopegate.bench.warm-up="$providers_warm_up" org.openjdk.jmh.Main -f 1 -foe true \
        -prof dev.scopegate.bench.CpuProfiler -rf json -rff "$results/$1.json" -o "$results/$1.log" "${providers[@]}" "${@:2}"
}

if [ ${#only[@]} -gt 0 ]; then
    "${jdks[0]}/bin/java" -classpath "$class_path" org.openjdk.jmh.Main "${only[@]}"
    exit
fi

number=0
for jdk in "${jdks[@]}"; do
    number=$((number + 1))
    results=target/results/$number
    rm -rf "$results" && mkdir -p "$results"
    folders+=("$results")
    echo "== $("$jdk/bin/java" -version 2>&1 | sed -n 2p)"
    run dev.scopegate.bench.page.RunFacts "$results" "$commit"
    run dev.scopegate.bench.peer.SampleTokens "$results/tokens"
    for round in $(seq "$rounds"); do
        echo "-- round $round of $rounds"
        run -Dscopegate.bench.warm-up="$turns_warm_up" \
            dev.scopegate.bench.turns.TurnsRun "$results/turns-first-$round.json" "${turns[@]}" RS256 ES256
        for chain in SCOPEGATE SCOPEGATE_OPAQUE SPRING; do
            run -Dscopegate.bench.warm-up="$turns_warm_up" \
                dev.scopegate.bench.turns.TurnsRun "$results/turns-$chain-$round.json" "${turns[@]}" "$chain"
        done
    done
    # They are many, and only to be compared roughly.
    for round in $(seq $(((rounds + 1) / 2))); do
        echo "-- providers, round $round"
        jmh "jmh-providers-$round" FirstSeenBenchmark \
            -p provider=JCA,ACCP,CONSCRYPT -p algorithm=RS256,PS256,ES256,EDDSA -p contender=FLOOR,SCOPEGATE_VALIDATE
        jmh "jmh-providers-nimbus-$round" FirstSeenBenchmark \
            -p provider=JCA,ACCP -p algorithm=RS256,ES256 -p contender=NIMBUS
    done
    echo "-- while introspections hang"
    run -Dscopegate.bench.warm-up="$slow_warm_up" dev.scopegate.bench.slow.SlowRun "$results/slow.json" "${slow[@]}"
    echo "-- over HTTP"
    run dev.scopegate.bench.http.HttpRun "$results/http.json" "${http[@]}"
done

cd ..
java=("${jdks[0]}/bin/java" -classpath "benchmarks/target/classes:$(cat benchmarks/target/class-path)")
"${java[@]}" dev.scopegate.bench.page.PerformancePage "$page" "${folders[@]/#/benchmarks/}"
echo "== $page"
