#!/usr/bin/env bash
# Process 1 of the node, in process, mount, network and host name spaces of its own (node.ts starts it): whoever ends it
# ends every daemon, container and mount of the cluster. Settings and keys are made before.
set -euo pipefail

keep() { # NAME COMMAND...: starts it again whenever it ends
  local name=$1
  shift
  while true; do
    "$@" >>"$LOGS/$name.log" 2>&1 || true
    echo "$name ended, and starts again in 1 s" >>"$LOGS/$name.log"
    sleep 1
  done &
}

# The kubelet sets these for the whole machine. Here it finds files in their place that say what it wants.
pin() {
  echo "$2" >"$SETTINGS/pinned.$1"
  mount --bind "$SETTINGS/pinned.$1" "/proc/sys/${1//.//}"
}

has_pod_range() { [[ -n $(kubectl get node node --output 'jsonpath={.spec.podCIDR}' 2>/dev/null) ]]; }
api_is_ready() { kubectl get --raw /readyz >/dev/null 2>&1; }

trap 'exit 0' TERM
# On a machine that does much else, what answers too late fails everything. Pods are weighed by their control group alone.
renice -n -10 $$ >/dev/null || true
hostname node
mount --make-rshared /
mount --bind "$VAR/lib" /var/lib
mount --bind "$VAR/log" /var/log
mount -t tmpfs -o mode=755 tmpfs /run
pin vm.overcommit_memory 1
pin kernel.panic 10
pin kernel.panic_on_oops 1
ip link set lo up
echo 1 >/proc/sys/net/ipv4/ip_forward
# No link leads out of this network. An address of a service needs a route before it is translated to a pod's.
ip link add node0 type bridge
ip address add "$NODE/24" dev node0
ip link set node0 up
ip route add "$SERVICES" dev node0

keep containerd containerd --config "$SETTINGS/containerd.toml"
keep etcd etcd --name node --data-dir "$ETCD" --unsafe-no-fsync --log-level warn \
  --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 \
  --listen-peer-urls http://127.0.0.1:2380
keep apiserver kube-apiserver --etcd-servers http://127.0.0.1:2379 --advertise-address "$NODE" \
  --service-cluster-ip-range "$SERVICES" --authorization-mode Node,RBAC --enable-admission-plugins NodeRestriction \
  --client-ca-file "$KEYS/ca.crt" --tls-cert-file "$KEYS/apiserver.crt" --tls-private-key-file "$KEYS/apiserver.key" \
  --service-account-issuer https://kubernetes.default.svc.cluster.local \
  --service-account-key-file "$KEYS/service-account.key" --service-account-signing-key-file "$KEYS/service-account.key" \
  --kubelet-certificate-authority "$KEYS/ca.crt" --kubelet-preferred-address-types InternalIP \
  --kubelet-client-certificate "$KEYS/apiserver-kubelet.crt" --kubelet-client-key "$KEYS/apiserver-kubelet.key" \
  --requestheader-client-ca-file "$KEYS/front-proxy-ca.crt" --requestheader-allowed-names front-proxy \
  --requestheader-username-headers X-Remote-User --requestheader-group-headers X-Remote-Group \
  --requestheader-extra-headers-prefix X-Remote-Extra- \
  --proxy-client-cert-file "$KEYS/front-proxy.crt" --proxy-client-key-file "$KEYS/front-proxy.key" --cert-dir "$RUN"
until api_is_ready; do sleep 0.3; done
keep controller-manager kube-controller-manager --kubeconfig "$SETTINGS/controller-manager.kubeconfig" --leader-elect=false \
  --use-service-account-credentials --service-account-private-key-file "$KEYS/service-account.key" \
  --root-ca-file "$KEYS/ca.crt" --cluster-signing-cert-file "$KEYS/ca.crt" --cluster-signing-key-file "$KEYS/ca.key" \
  --allocate-node-cidrs --cluster-cidr "$PODS" --service-cluster-ip-range "$SERVICES" --cert-dir "$RUN"
keep scheduler kube-scheduler --kubeconfig "$SETTINGS/scheduler.kubeconfig" --leader-elect=false --cert-dir "$RUN"
keep kubelet kubelet --config "$SETTINGS/kubelet.yaml" --kubeconfig "$SETTINGS/kubelet.kubeconfig" \
  --hostname-override node --node-ip "$NODE"
keep proxy kube-proxy --config "$SETTINGS/proxy.yaml"
until has_pod_range; do sleep 0.3; done
# Enforces NetworkPolicies, and nothing else.
keep router kube-router --kubeconfig "$SETTINGS/admin.kubeconfig" --hostname-override node \
  --run-firewall --run-router=false --run-service-proxy=false --service-cluster-ip-range "$SERVICES"
wait
