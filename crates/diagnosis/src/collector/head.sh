#!/usr/bin/env bash
# Collects what shows why an Amazon ECS task did not start, with the AWS CLI, and writes it to one file.
#
# Read-only: every call describes, lists or gets configuration; none changes anything. Values of secrets, parameters and environment
# variables are never asked for: task definitions and tasks are written without them. Where a call is denied, the denial is noted and
# the script goes on.
#
# Run it in AWS CloudShell or wherever the AWS CLI works:  bash pulldoctor-collect.sh [FILE]
#---

# shellcheck disable=SC2016,SC2034,SC2086,SC2046
set -uf

nl='
'
tab=$(printf '\t')
cr=$(printf '\r')
IFS=$nl

facts=''
count=0
failed=0

say() { printf '%s\n' "$1" >&2; }

# A fact is a line: a tag and its values, with tabs between.
note() { facts="$facts$1$tab$2$nl"; }

# The different facts of a tag, without the tag. The AWS CLI prints None for what is absent; it would read a file or an address for a
# value that starts like one, and an option for one that starts with a dash.
list() {
  local line value seen
  seen=$nl
  for line in $facts; do
    case $line in "$1$tab"*) ;; *) continue ;; esac
    value=${line#*"$tab"}
    case $value in '' | None | None"$tab"* | -* | file://* | fileb://* | http://* | https://*) continue ;; esac
    case $seen in *"$nl$value$nl"*) continue ;; esac
    seen=$seen$value$nl
    printf '%s\n' "$value"
  done
}

forget() {
  local line kept
  kept=''
  for line in $facts; do
    case $line in "$1$tab"*) ;; *) kept=$kept$line$nl ;; esac
  done
  facts=$kept
}

# One value of a fact, from 1.
value() { printf '%s\n' "$1" | cut -s -f "$2"; }

# One field of an ARN, from 1.
field() { printf '%s\n' "$1" | cut -s -d : -f "$2"; }

# The services that the tasks' groups name.
services() {
  local group
  for group in $(list group); do
    case $group in service:*) note service "${group#service:}" ;; esac
  done
}

role_names() {
  local role
  for role in $(list role); do note role_name "${role##*/}"; done
}

profile_names() {
  local arn
  for arn in $(list profile); do note profile_name "${arn##*/}"; done
}

secret() { # secret ARN-OR-NAME: without a JSON key, stage and version behind it
  case $1 in
    arn:*) note secret "$(printf '%s\n' "$1" | cut -d : -f 1-7)$tab$(field "$1" 4)" ;;
    *) note secret "$1$tab$region" ;;
  esac
}

# What the task definition's valueFrom members and files name.
references() {
  local text name where
  for text in $(list credentials); do secret "$text"; done
  for text in $(list value); do
    where=$region
    name=$text
    case $text in
      arn:*:secretsmanager:*) secret "$text"; continue ;;
      arn:*:ssm:*:parameter/*) where=$(field "$text" 4); name=/${text#*:parameter/} ;;
      arn:*) continue ;;
    esac
    name=${name%%:*}
    case $name in
      /aws/reference/secretsmanager/*) secret "${name#/aws/reference/secretsmanager/}" ;;
      # The ARN of a parameter does not tell whether the name starts with a slash.
      /*/*) note parameter "$name$tab$where" ;;
      /*) note parameter "$name,${name#/}$tab$where" ;;
      *) note parameter "$name$tab$where" ;;
    esac
  done
  for text in $(list file); do
    text=${text#credentialspec:}
    text=${text#credentialspecdomainless:}
    case $text in
      arn:*:s3:::*/*) name=${text#*:s3:::}; note object "${name%%/*}$tab${name#*/}" ;;
      arn:*:ssm:*:parameter/*) note parameter "/${text#*:parameter/}$tab$(field "$text" 4)" ;;
    esac
  done
}

# The repositories of Amazon ECR that the images name.
repositories() {
  local image machine owner rest where name which
  for image in $(list image); do
    machine=${image%%/*}
    case $machine in *.dkr.ecr.* | *.dkr.ecr-fips.* | *.dkr-ecr.* | *.dkr-ecr-fips.*) ;; *) continue ;; esac
    rest=${image#*/}
    owner=${machine%%.*}
    case $owner in *[!0-9]*) continue ;; esac
    where=${machine#*ecr}
    where=${where#-fips}
    where=${where#.}
    where=${where%%.*}
    case $rest in
      *@*) name=${rest%%@*}; name=${name%%:*}; which=imageDigest=${rest#*@} ;;
      *:*) name=${rest%%:*}; which=imageTag=${rest#*:} ;;
      *) name=$rest; which=imageTag=latest ;;
    esac
    if [ "$owner" = "$account_id" ]; then
      note registry "$where"
      note repository "$name$tab$where$tab$which"
    else
      note foreign "$name$tab$where$tab$which$tab$owner"
    fi
  done
}

# A JSON string.
text() {
  case $1 in
    *[!A-Za-z0-9_./:=,@+-]*)
      printf '"%s"' "$(printf '%s' "$1" | LC_ALL=C tr '\n\r\t' '   ' | LC_ALL=C tr -d '\000-\037\177' | LC_ALL=C sed -e 's/\\/\\\\/g' -e 's/"/\\"/g')"
      ;;
    *) printf '"%s"' "$1" ;;
  esac
}

# The options of a call as a JSON object.
parameters() { # parameters REGION SERVICE COMMAND --option value…
  local name values amount between
  printf '{'
  between=''
  if [ "$1" != "$region" ]; then printf '"region": '; text "$1"; between=', '; fi
  shift 3
  while [ $# -gt 0 ]; do
    name=${1#--}
    values=''
    amount=0
    shift
    while [ $# -gt 0 ]; do
      case $1 in --*) break ;; esac
      values="$values${values:+, }$(text "$1")"
      amount=$((amount + 1))
      shift
    done
    case $amount in 0) values=true ;; 1) ;; *) values="[$values]" ;; esac
    printf '%s%s: %s' "$between" "$(text "$name")" "$values"
    between=', '
  done
  printf '}'
}

# JSON on one line: its strings hold no line breaks.
compact() {
  local line empty
  empty=1
  while IFS=' ' read -r line || [ -n "$line" ]; do
    line=${line%"$cr"}
    [ -n "$line" ] && empty=0
    printf '%s' "$line"
  done
  [ $empty -eq 0 ] || printf '{}'
}

run() { # run REGION SERVICE COMMAND --option value…
  local where
  where=$1
  shift
  if [ -n "$cli_profile" ]; then set -- "$@" --profile "$cli_profile"; fi
  aws "$@" --region "$where" </dev/null
}

call() { # call OPERATION KEEP LEARN REGION SERVICE COMMAND --option value…
  local operation keep learn where code rows
  operation=$1
  keep=$2
  learn=$3
  where=$4
  shift 4
  case $where in '' | None | *[!a-z0-9-]*) where=$region ;; esac
  if [ "$keep" != - ]; then
    count=$((count + 1))
    printf '[%3d] aws %s %s ' "$count" "$1" "$2" >&2
    code=0
    if [ -n "$keep" ]; then
      run "$where" "$@" --query "$keep" --output json >"$work/out" 2>"$work/err" || code=$?
    else
      run "$where" "$@" --output json >"$work/out" 2>"$work/err" || code=$?
    fi
    {
      printf '{"operation": "%s", "parameters": %s, "exit": %s, ' "$operation" "$(parameters "$where" "$@")" "$code"
      if [ "$code" -eq 0 ]; then
        printf '"output": '
        compact <"$work/out"
      else
        printf '"error": '
        text "$(cat "$work/err")"
      fi
      printf '}\n'
    } >>"$bundle"
    if [ "$code" -ne 0 ]; then
      failed=$((failed + 1))
      say "- noted: $(tr '\n' ' ' <"$work/err" | cut -c 1-160)"
      return 0
    fi
    say ok
  fi
  if [ -n "$learn" ]; then
    rows=$(run "$where" "$@" --query "$learn" --output text 2>/dev/null)
    facts=$facts${rows//$cr/}$nl
  fi
}
