#!/bin/bash
# The recipe of docs/scale.md for Slurm, in TAP, on a cluster of one node that the test starts for itself: munged, slurmctld and slurmd with keys,
# ports, logs and state of their own.
set -u
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/../recipes.sh"
cd "$work" || exit 2
tests=('a job array and a job that waits for it' 'a task that fails holds the merging job back')

skip_all() {
    local name
    for name in "${tests[@]}"; do skip "$name" "$1"; done
    finish
    exit
}

none=$(missing munged slurmctld slurmd sbatch sinfo)
[ -z "$none" ] || skip_all "not installed: $none (packages munge, slurmctld, slurmd, slurm-client)"
PATH=$PATH:/usr/sbin:/sbin
host=$(hostname -s 2>/dev/null) && [ -n "$host" ] || skip_all 'the machine has no name'

# start NAME COMMAND...: in the background.
start() {
    local name=$1
    shift
    "$@" >"$name.out" 2>&1 &
    echo $! >"$name.pid"
}

head -c 128 /dev/urandom >key && chmod 600 key
mkdir state spool
# munged wants nobody else to write above its socket: in a folder as open as /tmp it has to be told.
start munged munged -F --force --key-file="$work/key" --socket="$work/munge.socket" --pid-file="$work/munged.number" \
    --log-file="$work/munged.log" --seed-file="$work/seed" --num-threads=1
wait_for 10 munge -S "$work/munge.socket" -n || skip_all "munged does not start: $(tail -1 munged.out)"

controller=$(free_port) && node=$(free_port) || exit 2
cat >slurm.conf <<END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$controller
SlurmdPort=$node
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$work/munge.socket
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.number
SlurmdPidFile=$work/slurmd.number
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,sched_min_interval=0,batch_sched_delay=0
ReturnToService=2
NodeName=node1 NodeHostname=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=node1 Default=YES MaxTime=INFINITE State=UP OverSubscribe=FORCE:4
END
export SLURM_CONF=$work/slurm.conf
start slurmctld slurmctld -D -f "$SLURM_CONF"
start slurmd slurmd -D -f "$SLURM_CONF"
is_idle() { sinfo -h -o %t | grep -qx idle; }
wait_for 30 is_idle ||
    skip_all "the node of the test does not come up: $(tail -qn 1 slurmctld.out slurmctld.log slurmd.out slurmd.log 2>/dev/null | tr '\n' ' ')"

prepare() {
    mkdir "$1" && cd "$1" || exit 2
    make_cases >cases.csv
    recipe tally.sbatch >tally.sbatch
    recipe merge.sbatch >merge.sbatch
    recipe submit >submit.sh
}
run_recipe() { timeout 120 bash submit.sh >words 2>&1; }

(
    prepare shared
    run_recipe
    mig-tally -q --by region,note --sum age cases.csv >whole
    [ -s whole ] && cmp whole tally.csv >>words 2>&1 && [ "$(ls part_*.csv | wc -l)" = 8 ]
)
report "$([ $? = 0 ] && echo 1)" "${tests[0]}" "$(cat shared/words) $(cat shared/*.log | head -5)"
(
    prepare spoiled
    echo 'one cell' >>cases.csv
    run_recipe
    [ $? != 0 ] && [ ! -e tally.csv ] && [ "$(ls part_*.csv | wc -l)" = 7 ]
)
report "$([ $? = 0 ] && echo 1)" "${tests[1]}" "$(cat spoiled/words) $(ls spoiled | tr '\n' ' ')"
finish
