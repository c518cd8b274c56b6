
main() {
  bundle=${1:-pulldoctor-$(date -u +%Y%m%dT%H%M%SZ).jsonl}
  umask 077
  export AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off AWS_RETRY_MODE="${AWS_RETRY_MODE:-standard}" AWS_MAX_ATTEMPTS="${AWS_MAX_ATTEMPTS:-8}"
  if ! command -v aws >/dev/null 2>&1; then
    say 'The AWS CLI (aws) is not on this machine. Run this script in AWS CloudShell, or install the AWS CLI first.'
    return 2
  fi
  if [ -z "$region" ]; then region=${AWS_REGION:-${AWS_DEFAULT_REGION:-}}; fi
  if [ -z "$region" ]; then
    if [ -n "$cli_profile" ]; then region=$(aws configure get region --profile "$cli_profile"); else region=$(aws configure get region); fi
  fi
  region=${region%"$cr"}
  case $region in
    '' | *[!a-z0-9-]*)
      say 'No Region is set. Set it and run the script again:  export AWS_REGION=us-east-1'
      return 2
      ;;
  esac
  work=$(mktemp -d "${TMPDIR:-/tmp}/pulldoctor.XXXXXX") || return 2
  trap 'rm -rf "$work"' EXIT
  if ! account_id=$(run "$region" sts get-caller-identity --query Account --output text 2>"$work/err"); then
    say "The AWS CLI cannot sign in: $(tr '\n' ' ' <"$work/err")"
    return 2
  fi
  account_id=${account_id%"$cr"}
  printf '{"schema": "pulldoctor.bundle/1", "collected_at": "%s", "account": %s, "region": %s, "cluster": %s, "task": %s}\n' \
    "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$(text "$account_id")" "$(text "$region")" "$(text "$cluster")" "$(text "$task")" \
    >"$bundle" || return 2
  note cluster "$cluster"
  note task "$task"
  note service "$service"
  note definition "$definition"
  collect
  say ''
  say "Done: $count calls, $failed of them denied or failed (that is noted as well). No values of secrets or environment variables are in it."
  say "Please send this file: $bundle"
}

main "$@"
