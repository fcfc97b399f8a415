#!/bin/bash
# The recipes of docs/scale.md for several machines, in TAP. The machines are one: sshd of the test's own, on ports of loopback with keys of its
# own, where every machine has its port.
set -u
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/../recipes.sh"
cd "$work" || exit 2
tests=('GNU parallel over ssh' 'registers that stay where they are')

# skip_all REASON
skip_all() {
    local name
    for name in "${tests[@]}"; do skip "$name" "$1"; done
    finish
    exit
}

none=$(missing sshd ssh ssh-keygen parallel)
[ -z "$none" ] || skip_all "not installed: $none (packages openssh-server, openssh-client, parallel)"
sshd=$(PATH=$PATH:/usr/sbin:/sbin command -v sshd)
if [ "$(id -u)" = 0 ] && [ ! -d /run/sshd ]; then
    mkdir /run/sshd 2>/dev/null || skip_all 'sshd wants the folder /run/sshd, which cannot be made'
    made=/run/sshd # removed at the end
fi

ssh-keygen -q -t ed25519 -N '' -f host_key && ssh-keygen -q -t ed25519 -N '' -f user_key || exit 2
cp user_key.pub authorized
mkdir shared gao kayes
{
    for name in node1 node2 gao kayes; do
        port=$(free_port) || exit 2
        ports+=("$port")
        printf 'Host %s\n  Port %s\n' "$name" "$port" >>ssh_config
        echo "Port $port"
    done
    printf '%s\n' 'ListenAddress 127.0.0.1' "HostKey $work/host_key" "AuthorizedKeysFile $work/authorized" 'StrictModes no' \
        'UsePAM no' 'PasswordAuthentication no' 'KbdInteractiveAuthentication no' 'PermitRootLogin prohibit-password' \
        "PidFile $work/sshd.pid" "SetEnv PATH=$PATH"
    # Each machine has a folder of its own; the nodes share one.
    for i in 2 3; do
        printf 'Match LocalPort %s\n  ForceCommand cd %s && eval "$SSH_ORIGINAL_COMMAND"\n' "${ports[i]}" "$work/$([ $i = 2 ] && echo gao || echo kayes)"
    done
} >sshd_config
printf '%s\n' 'Host *' '  HostName 127.0.0.1' "  User $(id -un)" "  IdentityFile $work/user_key" '  IdentitiesOnly yes' \
    '  BatchMode yes' '  StrictHostKeyChecking no' "  UserKnownHostsFile $work/known" '  LogLevel ERROR' >>ssh_config
"$sshd" -f "$work/sshd_config" -E "$work/sshd.log" || skip_all "sshd does not start: $(tail -1 sshd.log)"
wait_for 10 ssh -F ssh_config node1 true ||
    skip_all "sshd lets nobody in: $(ssh -F ssh_config node1 true 2>&1 | tail -1) $(tail -1 sshd.log)"

# The user's ssh, with the configuration of the test.
mkdir bin home
printf '#!/bin/sh\nexec %s -F %s "$@"\n' "$(command -v ssh)" "$work/ssh_config" >bin/ssh
chmod +x bin/ssh
export PATH=$work/bin:$PATH HOME=$work/home

make_cases >shared/cases.csv
recipe over-ssh >recipe.sh
(cd shared && bash ../recipe.sh >merged 2>words)
mig-tally -q --by region,note --sum age shared/cases.csv >whole
report "$([ -s whole ] && cmp -s whole shared/merged && [ "$(ls shared/parts | wc -l)" = 8 ] && echo 1)" "${tests[0]}" \
    "$(cat shared/words) $(diff whole shared/merged | head -5)"

make_cases 900 >gao/register.csv
make_cases 1100 >kayes/register.csv
recipe registers >recipe.sh
bash recipe.sh >merged 2>words
mig-tally -q --by sex,note --sum age gao/register.csv kayes/register.csv >whole
report "$([ -s whole ] && cmp -s whole merged && echo 1)" "${tests[1]}" "$(cat words) $(diff whole merged | head -5)"
finish
