# Collects what shows why an Amazon ECS task did not start, with the AWS CLI, and writes it to one file.
#
# Read-only: every call describes, lists or gets configuration; none changes anything. Values of secrets, parameters and environment
# variables are never asked for: task definitions and tasks are written without them. Where a call is denied, the denial is noted and
# the script goes on.
#
# Run it where the AWS CLI works:  powershell -ExecutionPolicy Bypass -File pulldoctor-collect.ps1 [FILE]
param([string]$Bundle = '')

#---

$script:facts = New-Object 'System.Collections.Generic.List[string]'
$script:count = 0
$script:failed = 0
$script:account = ''
$script:aws = ''
$script:path = ''

function Say([string]$Text) { [Console]::Error.WriteLine($Text) }

# A fact is a line: a tag and its values, with tabs between.
function Note([string]$Tag, [string]$Value) { $script:facts.Add($Tag + "`t" + $Value) }

# The different facts of a tag, without the tag. The AWS CLI prints None for what is absent; it would read a file or an address for a
# value that starts like one, and an option for one that starts with a dash.
function List([string]$Tag) {
  $seen = @{}
  foreach ($line in @($script:facts)) {
    if (-not $line.StartsWith($Tag + "`t", [StringComparison]::Ordinal)) { continue }
    $value = $line.Substring($Tag.Length + 1)
    if ($value -ceq '' -or $value -cmatch '^(None(\t|$)|-|fileb?://|https?://)') { continue }
    $known = 'x' + [BitConverter]::ToString([Text.Encoding]::UTF8.GetBytes($value))
    if ($seen.ContainsKey($known)) { continue }
    $seen[$known] = $true
    $value
  }
}

function Forget([string]$Tag) {
  [void]$script:facts.RemoveAll([Predicate[string]] { param($line) $line.StartsWith($Tag + "`t", [StringComparison]::Ordinal) })
}

# The services that the tasks' groups name.
function Derive-services {
  foreach ($group in @(List 'group')) {
    if ($group -clike 'service:*') { Note 'service' $group.Substring(8) }
  }
}

function Derive-role_names {
  foreach ($role in @(List 'role')) { Note 'role_name' ($role -split '/')[-1] }
}

function Derive-profile_names {
  foreach ($arn in @(List 'profile')) { Note 'profile_name' ($arn -split '/')[-1] }
}

# A secret's ARN or name, without a JSON key, stage and version behind it.
function Note-Secret([string]$Text) {
  if ($Text -clike 'arn:*') {
    $fields = $Text -split ':'
    Note 'secret' ((@($fields | Select-Object -First 7) -join ':') + "`t" + $fields[3])
  } else {
    Note 'secret' ($Text + "`t" + $script:region)
  }
}

# What the task definition's valueFrom members and files name.
function Derive-references {
  foreach ($text in @(List 'credentials')) { Note-Secret $text }
  foreach ($text in @(List 'value')) {
    $place = $script:region
    $name = $text
    if ($text -clike 'arn:*:secretsmanager:*') { Note-Secret $text; continue }
    if ($text -cmatch '^arn:.*:ssm:.*:parameter/(.*)$') { $name = '/' + $Matches[1]; $place = ($text -split ':')[3] }
    elseif ($text -clike 'arn:*') { continue }
    $name = ($name -split ':')[0]
    if ($name -clike '/aws/reference/secretsmanager/*') { Note-Secret $name.Substring(30) }
    # The ARN of a parameter does not tell whether the name starts with a slash.
    elseif ($name -cmatch '^/[^/]*$') { Note 'parameter' ($name + ',' + $name.Substring(1) + "`t" + $place) }
    else { Note 'parameter' ($name + "`t" + $place) }
  }
  foreach ($text in @(List 'file')) {
    $text = $text -creplace '^credentialspec(domainless)?:', ''
    if ($text -cmatch '^arn:[^:]*:s3:::([^/]+)/(.+)$') { Note 'object' ($Matches[1] + "`t" + $Matches[2]) }
    elseif ($text -cmatch '^arn:.*:ssm:.*:parameter/(.*)$') { Note 'parameter' ('/' + $Matches[1] + "`t" + ($text -split ':')[3]) }
  }
}

# The repositories of Amazon ECR that the images name.
function Derive-repositories {
  foreach ($image in @(List 'image')) {
    if ($image -cnotmatch '^([0-9]+)\.dkr[.-]ecr(-fips)?\.([^./]+)\.[^/]*/(.+)$') { continue }
    $owner = $Matches[1]
    $place = $Matches[3]
    $rest = $Matches[4]
    $name = ($rest -split '[:@]')[0]
    if ($rest.Contains('@')) { $which = 'imageDigest=' + $rest.Substring($rest.IndexOf('@') + 1) }
    elseif ($rest.Contains(':')) { $which = 'imageTag=' + $rest.Substring($rest.IndexOf(':') + 1) }
    else { $which = 'imageTag=latest' }
    if ($owner -ceq $script:account) {
      Note 'registry' $place
      Note 'repository' ($name, $place, $which -join "`t")
    } else {
      Note 'foreign' ($name, $place, $which, $owner -join "`t")
    }
  }
}

# A JSON string.
function Text([string]$Text) {
  $clean = $Text -creplace '[\u0000-\u001f\u007f]+', ' '
  '"' + $clean.Replace('\', '\\').Replace('"', '\"') + '"'
}

# The options of a call as a JSON object.
function Parameters([string]$Place, [string[]]$Words) {
  $members = New-Object 'System.Collections.Generic.List[string]'
  if ($Place -cne $script:region) { $members.Add('"region": ' + (Text $Place)) }
  $at = 2
  while ($at -lt $Words.Count) {
    $name = $Words[$at].Substring(2)
    $values = New-Object 'System.Collections.Generic.List[string]'
    $at++
    while ($at -lt $Words.Count -and -not $Words[$at].StartsWith('--', [StringComparison]::Ordinal)) {
      $values.Add((Text $Words[$at]))
      $at++
    }
    if ($values.Count -eq 0) { $json = 'true' }
    elseif ($values.Count -eq 1) { $json = $values[0] }
    else { $json = '[' + ($values -join ', ') + ']' }
    $members.Add((Text $name) + ': ' + $json)
  }
  '{' + ($members -join ', ') + '}'
}

# One argument as Windows programs read it.
function Argument([string]$Word) {
  if ($Word -cmatch '^[A-Za-z0-9_./:=,@+-]+$') { return $Word }
  '"' + ($Word -creplace '(\\*)"', '$1$1\"' -creplace '(\\+)$', '$1$1') + '"'
}

# Runs the AWS CLI: exit code, output and errors. Not as a command of PowerShell, which would change quotes and errors.
function Run([string]$Place, [string[]]$Words) {
  $all = @($Words)
  if ($script:cli_profile -cne '') { $all += @('--profile', $script:cli_profile) }
  if ($Place -cne '') { $all += @('--region', $Place) }
  $start = New-Object System.Diagnostics.ProcessStartInfo
  $start.FileName = $script:aws
  $start.Arguments = (@($all | ForEach-Object { Argument $_ }) -join ' ')
  $start.UseShellExecute = $false
  $start.RedirectStandardInput = $true
  $start.RedirectStandardOutput = $true
  $start.RedirectStandardError = $true
  $start.StandardOutputEncoding = New-Object System.Text.UTF8Encoding $false
  $start.StandardErrorEncoding = New-Object System.Text.UTF8Encoding $false
  $process = [System.Diagnostics.Process]::Start($start)
  $process.StandardInput.Close()
  $errors = $process.StandardError.ReadToEndAsync()
  $output = $process.StandardOutput.ReadToEnd()
  $process.WaitForExit()
  New-Object PSObject -Property @{ Code = $process.ExitCode; Output = $output; Errors = $errors.Result }
}

function Write-Line([string]$Line) {
  [IO.File]::AppendAllText($script:path, $Line + "`n", (New-Object System.Text.UTF8Encoding $false))
}

function Call([string]$Operation, [string]$Keep, [string]$Learn, [string]$Place, [string[]]$Words) {
  if ($Place -cnotmatch '^[a-z0-9-]+$') { $Place = $script:region }
  if ($Keep -cne '-') {
    $script:count++
    [Console]::Error.Write(('[{0,3}] aws {1} {2} ' -f $script:count, $Words[0], $Words[1]))
    $asked = @($Words)
    if ($Keep -cne '') { $asked += @('--query', $Keep) }
    $done = Run $Place ($asked + @('--output', 'json'))
    $line = '{"operation": ' + (Text $Operation) + ', "parameters": ' + (Parameters $Place $Words) + ', "exit": ' + $done.Code
    if ($done.Code -ne 0) {
      Write-Line ($line + ', "error": ' + (Text $done.Errors) + '}')
      $script:failed++
      $short = ($done.Errors -creplace '\s+', ' ').Trim()
      Say ('- noted: ' + $short.Substring(0, [Math]::Min(160, $short.Length)))
      return
    }
    # JSON on one line: its strings hold no line breaks.
    $json = (@($done.Output -split "`n" | ForEach-Object { $_.Trim() }) -join '')
    if ($json -ceq '') { $json = '{}' }
    Write-Line ($line + ', "output": ' + $json + '}')
    Say 'ok'
  }
  if ($Learn -cne '') {
    $done = Run $Place ($Words + @('--query', $Learn, '--output', 'text'))
    foreach ($row in $done.Output -split "`r?`n") { if ($row.Contains("`t")) { $script:facts.Add($row) } }
  }
}
