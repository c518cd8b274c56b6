//! Names and values that give a secret away.

/// Calls whose output is a secret, whatever its shape.
pub(crate) fn prints_secrets(command: &str) -> bool {
    [
        "get-secret-value",
        "batch-get-secret-value",
        "get-random-password",
        "get-authorization-token",
        "get-login",
        "get-session-token",
        "get-federation-token",
        "assume-role",
        "create-access-key",
        "export-credentials",
        "get-role-credentials",
        "get-password-data",
        "create-key-pair",
        "generate-data-key",
        "kms decrypt",
        "aws configure get",
        "ssm get-parameter",
    ]
    .iter()
    .any(|name| command.contains(name))
}

/// Members whose value is always a secret, in AWS's own spelling or that of
/// CloudTrail and the credential files.
pub(crate) fn is_secret_member(key: &[u8]) -> bool {
    match key {
        b"SecretString" | b"SecretBinary" | b"secretString" | b"secretBinary" | b"SecretValue" => true,
        b"SecretAccessKey" | b"secretAccessKey" | b"SessionToken" | b"sessionToken" => true,
        b"AccessKeyId" | b"accessKeyId" => true,
        b"authorizationToken" | b"authorizationData" | b"AuthorizationToken" => true,
        b"aws_secret_access_key" | b"aws_session_token" | b"aws_access_key_id" => true,
        b"AWS_SECRET_ACCESS_KEY" | b"AWS_SESSION_TOKEN" | b"AWS_ACCESS_KEY_ID" => true,
        b"KeyMaterial" | b"PrivateKey" | b"privateKey" | b"private_key" | b"Plaintext" => true,
        b"AuthToken" | b"ClientSecret" | b"clientSecret" | b"RandomPassword" | b"auth" => true,
        _ => key.len() >= 8 && key.ends_with(b"assword"),
    }
}

/// Whether an environment variable is a credential by its name or its value.
pub(crate) fn is_credential(name: &str, value: &str) -> bool {
    if value.is_empty() || value.starts_with("arn:") {
        return false;
    }
    looks_secret(value) || (names_secret(name) && !is_harmless(value))
}

fn names_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    [
        "PASSW",
        "PASSPHRASE",
        "PWD",
        "SECRET",
        "TOKEN",
        "API_KEY",
        "APIKEY",
        "ACCESS_KEY",
        "ACCESSKEY",
        "PRIVATE_KEY",
        "PRIVATEKEY",
        "CREDENTIAL",
        "AUTH",
        "ENCRYPTION_KEY",
        "SIGNING_KEY",
        "CONNECTION_STRING",
        "CONNECTIONSTRING",
        "CONN_STR",
        "DSN",
        "SALT",
        "LICENSE_KEY",
        "WEBHOOK",
        "COOKIE",
        "_KEY",
        "JWT",
        "PASS",
        "CERT",
    ]
    .iter()
    .any(|part| name.contains(part))
        || name == "KEY"
}

/// Values that are no secret whatever their variable is called.
fn is_harmless(value: &str) -> bool {
    matches!(
        value.to_ascii_lowercase().as_str(),
        "true" | "false" | "0" | "1" | "yes" | "no" | "on" | "off" | "none" | "null" | "***"
    )
}

/// Whether a value is a credential by itself.
pub(crate) fn looks_secret(value: &str) -> bool {
    const STARTS: [&str; 14] = [
        "ghp_",
        "gho_",
        "ghs_",
        "github_pat_",
        "glpat-",
        "xoxb-",
        "xoxp-",
        "xoxa-",
        "sk_live_",
        "sk-",
        "rk_live_",
        "AIza",
        "SG.",
        "eyJ",
    ];
    find_access_key(value, 0).is_some()
        || value.contains("PRIVATE KEY-----")
        || user_info(value, 0).is_some()
        || (value.len() >= 20 && STARTS.iter().any(|start| value.starts_with(start)))
        || ["assword=", "ASSWORD=", "pwd=", "Pwd=", "PWD=", "AccountKey=", "secret="]
            .iter()
            .any(|part| value.contains(part))
        || is_random(value)
}

/// Long and without structure: what generators print.
fn is_random(value: &str) -> bool {
    let bytes = value.as_bytes();
    let plain = bytes
        .iter()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'_' | b'-'));
    if !plain || value.starts_with('/') {
        return false;
    }
    let digit = bytes.iter().any(u8::is_ascii_digit);
    let upper = bytes.iter().any(u8::is_ascii_uppercase);
    let lower = bytes.iter().any(u8::is_ascii_lowercase);
    let hex = bytes.len() >= 32 && bytes.iter().all(u8::is_ascii_hexdigit);
    (bytes.len() >= 20 && digit && upper && lower) || (hex && digit && (lower || upper))
}

/// The place of an AWS access key id (`AKIA…`, `ASIA…`: 20 characters) from
/// `from`.
pub(crate) fn find_access_key(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let found = at + memchr::memmem::find(bytes.get(at..)?, b"IA")?;
        at = found + 2;
        let start = found.checked_sub(2)?;
        let head = bytes.get(start..found)?;
        if (head != b"AK" && head != b"AS")
            || start
                .checked_sub(1)
                .and_then(|before| bytes.get(before))
                .is_some_and(u8::is_ascii_alphanumeric)
        {
            continue;
        }
        let len = bytes
            .get(at..)?
            .iter()
            .take(130)
            .take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            .count();
        if (12..=124).contains(&len) {
            return Some((start, at + len));
        }
    }
}

/// The password in a URL's user part (`://user:password@`) from `from`.
pub(crate) fn user_info(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let found = at + text.get(at..)?.find("://")?;
        at = found + 3;
        let authority = text.get(at..)?;
        let len = authority
            .find(|c: char| c.is_whitespace() || "/\"'<>\\`)".contains(c))
            .unwrap_or(authority.len());
        let authority = authority.get(..len)?;
        if let Some((user, _)) = authority.rsplit_once('@')
            && let Some((name, password)) = user.split_once(':')
            && !password.is_empty()
            && password != super::MASK
        {
            let start = at + name.len() + 1;
            return Some((start, start + password.len()));
        }
    }
}
