# A server runs for long: the JVM's own choice of compilers, and memory that its cache of small files
# fits into twice. What COPPICE_JAVA_OPTIONS says comes later and wins.
# shellcheck disable=SC2086 # options are words
exec "$java" -Xshare:auto -Xlog:disable -Xlog:all=warning:stderr -XX:-UsePerfData @OPTIONS@ \
  --enable-native-access=ALL-UNNAMED $COPPICE_JAVA_OPTIONS \
  -cp "$lib/repo-server/*:$lib/*" dev.coppice.reposerver.server.Main "$@"
