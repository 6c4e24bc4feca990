#!/usr/bin/env bash
# Hadoop streaming: lines through the filter form as a mapper, no reducer. NOT RUN: Hadoop is not at hand; a test keeps to
# the contract it relies on.
#   hadoop-streaming.sh INPUT OUTPUT                        (folders of HDFS; ocpi2osm on the PATH of every node)
set -euo pipefail
hadoop jar "$HADOOP_HOME"/share/hadoop/tools/lib/hadoop-streaming-*.jar \
  -D mapreduce.job.reduces=0 \
  -input "$1" -output "$2" \
  -mapper "ocpi2osm convert --filter --source ocpi --quiet -"
