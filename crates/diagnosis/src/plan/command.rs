//! A call as a line to type: quoted for the shell that the customer has, read-only, JSON forced.

use snapshot::{Call, Operation};

/// The shell that a command is quoted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shell {
    /// bash and zsh: CloudShell, Linux, macOS.
    Bash,
    /// Windows PowerShell and PowerShell 7.
    PowerShell,
    /// Windows' command prompt.
    Cmd,
}

/// The whole command, such as `aws ec2 describe-subnets --subnet-ids subnet-1 --region us-east-1 --output json`.
///
/// Every option that the AWS CLI prints in both its versions; `--no-paginate` and `--query` are never used, since they change or cut
/// what is printed.
#[must_use]
pub fn line(call: &Call, shell: Shell) -> String {
    let mut words = vec![call.operation.cli().to_owned()];
    for (name, values) in &call.options {
        words.push(format!("--{name}"));
        words.extend(values.iter().map(|value| quote(value, shell)));
    }
    if let Some(region) = &call.region
        && !is_global(call.operation)
        && !call.options.contains_key("region")
    {
        words.push("--region".to_owned());
        words.push(quote(region, shell));
    }
    words.push("--output json".to_owned());
    words.join(" ")
}

/// A command that [`line`] made for bash, quoted for another shell: what a request carries, shown to a person who has Windows.
#[must_use]
pub fn requote(bash: &str, shell: Shell) -> String {
    let words: Vec<String> = words(bash).iter().map(|word| quote(word, shell)).collect();
    words.join(" ")
}

/// The words of a command as bash reads them: single quotes, backslashes, nothing that is replaced.
#[must_use]
pub fn words(bash: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut escaped) = (Vec::new(), None::<String>, false, false);
    for c in bash.chars() {
        match c {
            _ if escaped => {
                word.get_or_insert_default().push(c);
                escaped = false;
            }
            '\'' => {
                word.get_or_insert_default();
                quoted = !quoted;
            }
            '\\' if !quoted => escaped = true,
            ' ' if !quoted => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Services without a Region: the option would do nothing.
fn is_global(operation: Operation) -> bool {
    matches!(operation.service(), "iam" | "route53" | "organizations" | "sts")
}

/// One word as the shell must be given it.
#[must_use]
pub fn quote(word: &str, shell: Shell) -> String {
    let plain = |extra: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || extra.contains(c));
    match shell {
        Shell::Bash if plain("-_./:=,@+%") => word.to_owned(),
        Shell::Bash => format!("'{}'", word.replace('\'', r"'\''")),
        Shell::PowerShell if plain("-_./:=+%") => word.to_owned(),
        Shell::PowerShell => format!("'{}'", word.replace('\'', "''")),
        Shell::Cmd if plain("-_./:=@+,") => word.to_owned(),
        // In cmd a percent sign is read even between double quotes; no AWS id or name that we print holds one.
        Shell::Cmd => format!("\"{}\"", word.replace('"', "\\\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Shell, line, quote, requote};
    use snapshot::{Call, Operation};

    #[test]
    fn a_command_names_its_region_and_forces_json() {
        let call = Call::new(Operation::Ec2DescribeRouteTables)
            .filter("vpc-id", "vpc-1")
            .in_region(Some("eu-west-1"));
        assert_eq!(
            line(&call, Shell::Bash),
            "aws ec2 describe-route-tables --filters Name=vpc-id,Values=vpc-1 --region eu-west-1 --output json"
        );
        assert_eq!(
            line(&call, Shell::PowerShell),
            "aws ec2 describe-route-tables --filters 'Name=vpc-id,Values=vpc-1' --region eu-west-1 --output json"
        );
    }

    #[test]
    fn a_command_is_quoted_anew_as_if_written_for_that_shell() {
        let call = Call::new(Operation::EcrDescribeImages)
            .option("repository-name", "it's a \\ 'b'")
            .option("image-ids", "imageTag=v1,imageDigest=sha256:0")
            .option("empty", "")
            .in_region(Some("eu-west-1"));
        for shell in [Shell::Bash, Shell::PowerShell, Shell::Cmd] {
            assert_eq!(requote(&line(&call, Shell::Bash), shell), line(&call, shell));
        }
    }

    #[test]
    fn no_shell_reads_what_a_name_holds() {
        assert_eq!(quote("a'b $(x)", Shell::Bash), r"'a'\''b $(x)'");
        assert_eq!(quote("a'b", Shell::PowerShell), "'a''b'");
        assert_eq!(quote("a b", Shell::Cmd), "\"a b\"");
        assert_eq!(quote("", Shell::Bash), "''");
    }
}
