
function Main {
  $env:AWS_PAGER = ''
  $env:AWS_CLI_AUTO_PROMPT = 'off'
  $env:PYTHONUTF8 = '1'
  $env:PYTHONIOENCODING = 'utf-8'
  $env:AWS_CLI_OUTPUT_ENCODING = 'UTF-8'
  if (-not $env:AWS_RETRY_MODE) { $env:AWS_RETRY_MODE = 'standard' }
  if (-not $env:AWS_MAX_ATTEMPTS) { $env:AWS_MAX_ATTEMPTS = '8' }
  $found = @(Get-Command aws -CommandType Application -ErrorAction SilentlyContinue)
  if ($found.Count -eq 0) {
    Say 'The AWS CLI (aws) is not on this machine. Install it, or run the bash script in AWS CloudShell.'
    return 2
  }
  $script:aws = $found[0].Path
  if ($script:region -ceq '') { $script:region = [string]$env:AWS_REGION }
  if ($script:region -ceq '') { $script:region = [string]$env:AWS_DEFAULT_REGION }
  if ($script:region -ceq '') { $script:region = (Run '' @('configure', 'get', 'region')).Output.Trim() }
  if ($script:region -cnotmatch '^[a-z0-9-]+$') {
    Say 'No Region is set. Set it and run the script again:  $env:AWS_REGION = ''us-east-1'''
    return 2
  }
  $caller = Run $script:region @('sts', 'get-caller-identity', '--query', 'Account', '--output', 'text')
  if ($caller.Code -ne 0) {
    Say ('The AWS CLI cannot sign in: ' + $caller.Errors.Trim())
    return 2
  }
  $script:account = $caller.Output.Trim()
  $now = (Get-Date).ToUniversalTime()
  $name = $Bundle
  if ($name -ceq '') { $name = 'pulldoctor-' + $now.ToString('yyyyMMddTHHmmssZ') + '.jsonl' }
  $script:path = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($name)
  $head = '{"schema": "pulldoctor.bundle/1", "collected_at": ' + (Text $now.ToString('yyyy-MM-ddTHH:mm:ssZ'))
  $head += ', "account": ' + (Text $script:account) + ', "region": ' + (Text $script:region)
  $head += ', "cluster": ' + (Text $script:cluster) + ', "task": ' + (Text $script:task) + '}'
  [IO.File]::WriteAllText($script:path, $head + "`n", (New-Object System.Text.UTF8Encoding $false))
  Note 'cluster' $script:cluster
  Note 'task' $script:task
  Note 'service' $script:service
  Note 'definition' $script:definition
  [void](Collect)
  Say ''
  Say ('Done: ' + $script:count + ' calls, ' + $script:failed + ' of them denied or failed (that is noted as well). No values of secrets or environment variables are in it.')
  Say ('Please send this file: ' + $script:path)
  return 0
}

exit (Main)
