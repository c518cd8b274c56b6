//! Whether a name that an error quotes is that of what a definition refers to.

/// Whether a name that an error quotes is that one: texts abbreviate long names with dots, and give a secret's reference with its key.
pub(crate) fn same(quoted: &str, own: &str) -> bool {
    let quoted = whole_secret(quoted);
    quoted == own
        || quoted
            .strip_suffix("...")
            .is_some_and(|head| head.len() > 40 && own.starts_with(head))
}

/// The ARN of a secret without JSON key and version; any other text as it is.
pub(crate) fn whole_secret(text: &str) -> &str {
    match text.split_once(":secret:") {
        Some((head, rest)) => {
            let name = rest.split(':').next().unwrap_or(rest);
            text.get(..head.len() + ":secret:".len() + name.len()).unwrap_or(text)
        }
        None => text,
    }
}

/// Whether a name that an error quotes is of what a definition refers to by that text.
pub(crate) fn names_text(name: &str, text: &str) -> bool {
    same(name, whole_secret(text)) || names_parameter(name, text)
}

/// Whether a parameter's name stands at the end of an ARN.
pub(crate) fn names_parameter(name: &str, arn: &str) -> bool {
    arn.ends_with(&format!(":parameter{name}"))
}

/// An image without its digest.
pub(crate) fn bare(image: &str) -> &str {
    image.split('@').next().unwrap_or(image)
}

/// Whether an image that an error quotes is this one: Docker adds the default tag and the host of Docker Hub, and ECS puts the digest
/// in the tag's place.
pub(crate) fn same_image(quoted: &str, own: &str) -> bool {
    let plain = |text: &str| {
        text.trim_start_matches("docker.io/")
            .trim_start_matches("library/")
            .trim_end_matches(":latest")
            .to_owned()
    };
    let (quoted, own) = (bare(quoted), bare(own));
    let repository = own.rsplit_once(':').filter(|(_, tag)| !tag.contains('/'));
    plain(quoted) == plain(own) || repository.is_some_and(|(repository, _)| plain(quoted) == plain(repository))
}
