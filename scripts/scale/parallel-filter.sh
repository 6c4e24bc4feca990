#!/usr/bin/env bash
# GNU parallel on one machine: lines through the filter form, a share of the file for each core, in the file's order.
#   parallel-filter.sh FEED.ndjson OPTION… > OUT.ndjson     (options of `convert --filter`: --source ocpi …)
# -q keeps options with blanks whole. The feed must be a file that is not compressed.
set -euo pipefail
feed=$1
shift
parallel --will-cite -q --pipepart -k --block -1 -a "$feed" ocpi2osm convert --filter --quiet "$@" -
