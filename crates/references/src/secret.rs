//! References to Secrets Manager secrets by ARN.
//!
//! `arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-{six}[:{json-key}:{version-stage}:{version-id}]`
//! (ECS Developer Guide, "Pass Secrets Manager secrets through environment variables"; limits of the Secrets Manager
//! API; the open-source agent counts the fields).

use crate::arn::{Account, Arn, ArnField};
use crate::malformed::{Malformed, MalformedKind, Oddity, OddityKind, Parsed};
use crate::region::Region;
use crate::text::{looks_random, looks_redacted, refused, six_character_suffix, span};
use std::fmt;
use std::ops::Range;

/// A secret by its ARN, whole or one value of its JSON, at its current or another version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SecretReference {
    /// The ARN's partition as written.
    pub partition: String,
    /// The Region that is called.
    pub region: Region,
    /// The account that owns the secret.
    pub account: Account,
    /// What follows `secret:`: the name, and in a full ARN a hyphen and six characters.
    pub name_with_suffix: String,
    /// The key in the secret's JSON whose value is meant; `None` is the whole secret. Case counts.
    pub json_key: Option<String>,
    /// The version's label; `None` is `AWSCURRENT` unless there is a version id.
    pub version_stage: Option<String>,
    /// The version's id.
    pub version_id: Option<String>,
}

/// How the end of a secret's ARN reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitSuffix<'a> {
    /// The secret's name by this reading.
    pub name: &'a str,
    /// The six characters that Secrets Manager appended, without the hyphen; `None` in a partial ARN.
    pub suffix: Option<&'a str>,
    /// Whether the other reading is likely too: the six characters look like a word or a number of the name's own.
    pub doubtful: bool,
}

impl SecretReference {
    /// The ARN without JSON key and version: what `GetSecretValue` is asked for.
    #[must_use]
    pub fn arn(&self) -> String {
        let Self {
            partition,
            region,
            account,
            name_with_suffix,
            ..
        } = self;
        format!("arn:{partition}:secretsmanager:{region}:{account}:secret:{name_with_suffix}")
    }

    /// The name and the suffix as Secrets Manager reads them: whatever ends in a hyphen and six letters or digits is
    /// taken for a full ARN.
    #[must_use]
    pub fn split(&self) -> SplitSuffix<'_> {
        match six_character_suffix(&self.name_with_suffix) {
            Some((name, suffix)) => SplitSuffix {
                name,
                suffix: Some(suffix),
                doubtful: !looks_random(suffix),
            },
            None => SplitSuffix {
                name: &self.name_with_suffix,
                suffix: None,
                doubtful: false,
            },
        }
    }

    /// The secret's name by the likeliest reading.
    #[must_use]
    pub fn name(&self) -> &str {
        self.split().name
    }

    /// Whether the ARN lacks the six appended characters.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.split().suffix.is_none()
    }

    /// Whether a JSON key or a version is asked for, which older platform versions and agents do not support.
    #[must_use]
    pub fn has_parameters(&self) -> bool {
        self.json_key.is_some() || self.version_stage.is_some() || self.version_id.is_some()
    }

    /// Reads the whole secret from its ARN.
    pub(crate) fn from_arn(arn: &Arn) -> Result<Parsed<Self>, Malformed> {
        let text = arn.as_str();
        let fields = secret_fields(arn)?;
        let (region, account, mut oddities) = arn.owner()?;
        let field = |at: usize| fields.get(at).copied().unwrap_or_default();
        let (name, key, stage, id) = (field(1), field(2), field(3), field(4));
        check_name(text, name, &mut oddities)?;
        check_key(text, key, &mut oddities);
        check_version(text, stage, id, &mut oddities)?;
        let given = |field: &str| (!field.is_empty()).then(|| field.to_owned());
        let value = Self {
            partition: arn.field(ArnField::Partition).to_owned(),
            region,
            account,
            name_with_suffix: name.to_owned(),
            json_key: given(key),
            version_stage: given(stage),
            version_id: given(id),
        };
        Ok(Parsed::of(value, oddities))
    }
}

impl fmt::Display for SecretReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.arn())?;
        if self.has_parameters() {
            let part = |part: &Option<String>| part.clone().unwrap_or_default();
            write!(
                f,
                ":{}:{}:{}",
                part(&self.json_key),
                part(&self.version_stage),
                part(&self.version_id)
            )?;
        }
        Ok(())
    }
}

/// `secret`, the name, and nothing or the three further fields.
fn secret_fields(arn: &Arn) -> Result<Vec<&str>, Malformed> {
    let text = arn.as_str();
    let resource = arn.resource();
    let fields: Vec<&str> = resource.split(':').collect();
    let kind = fields.first().copied().unwrap_or_default();
    if kind != "secret" {
        let near = strsim::osa_distance(kind, "secret") <= 2 && kind.len() <= 8;
        let corrected = match resource.strip_prefix("secret/") {
            Some(rest) => Some(arn.with(ArnField::Resource, &format!("secret:{rest}"))),
            None if near && fields.len() > 1 => Some(crate::text::replaced(text, span(text, kind), "secret")),
            None if fields.len() == 1 && !kind.is_empty() => Some(arn.with(ArnField::Resource, &format!("secret:{resource}"))),
            None => None,
        };
        let kind_of = MalformedKind::ResourceType { expected: "secret:" };
        return Err(Malformed::new(span(text, kind), kind_of, corrected));
    }
    let name = fields.get(1).copied().unwrap_or_default();
    if name.is_empty() {
        return Err(Malformed::new(
            text.len().min(span(text, kind).end + 1)..text.len(),
            MalformedKind::EmptyName,
            None,
        ));
    }
    if matches!(fields.len(), 2 | 5) {
        return Ok(fields);
    }
    let found = fields.len();
    let after_name = span(text, name).end;
    let extra = fields.get(2..).unwrap_or_default();
    let head = text.get(..after_name).unwrap_or_default();
    // `secret:secret:name`, where a whole resource was pasted after `secret:`.
    if name == "secret" && found == 3 {
        let name = extra.concat();
        let corrected = arn.with(ArnField::Resource, &format!("secret:{name}"));
        return Err(Malformed::new(
            span(text, name_of(&fields)),
            MalformedKind::SecretFields { found },
            Some(corrected),
        ));
    }
    if let Some(joined) = joined_key(name)
        && let Some(corrected) = joined.corrected(text, name)
    {
        return Err(Malformed::new(
            after_name..text.len(),
            MalformedKind::SecretFields { found },
            Some(corrected),
        ));
    }
    let (position, corrected) = if found < 5 {
        let corrected = match extra {
            _ if extra.iter().all(|field| field.is_empty()) => head.to_owned(),
            [only] if only.starts_with("AWS") => format!("{head}::{only}:"),
            [only] if is_version_id(only) => format!("{head}:::{only}"),
            _ => format!("{text}{}", ":".repeat(5 - found)),
        };
        (after_name..text.len(), Some(corrected))
    } else {
        let surplus = fields.get(5..).unwrap_or_default();
        let start = surplus
            .first()
            .map_or(text.len(), |field| span(text, field).start.saturating_sub(1));
        let empty = surplus.iter().all(|field| field.is_empty());
        (start..text.len(), empty.then(|| text.get(..start).unwrap_or_default().to_owned()))
    };
    Err(Malformed::new(position, MalformedKind::SecretFields { found }, corrected))
}

fn name_of<'a>(fields: &[&'a str]) -> &'a str {
    fields.get(1).copied().unwrap_or_default()
}

/// Letters, digits and `/_+=.@-` (Secrets Manager User Guide), and the `!` of secrets that AWS services manage.
pub(crate) fn is_secret_name_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || "/_+=.@-!".contains(c)
}

/// A JSON key that stands after a full name and another character than a colon.
struct JoinedKey<'a> {
    /// The character's place in the name.
    at: usize,
    /// The character.
    by: char,
    key: &'a str,
}

impl JoinedKey<'_> {
    /// The reference with the key in its own field; `None` where another key stands there already.
    fn corrected(&self, text: &str, name: &str) -> Option<String> {
        let place = span(text, name);
        let head = text.get(..place.start + self.at)?;
        let rest = text.get(place.end..)?;
        let rest = if rest.bytes().all(|byte| byte == b':') {
            "::"
        } else {
            rest.strip_prefix("::").and_then(|_| rest.get(1..))?
        };
        Some(format!("{head}:{}{rest}", self.key))
    }
}

/// The first place where a name with its six characters ends and a key may begin; `None` where the whole ends in six characters too.
fn joined_key(name: &str) -> Option<JoinedKey<'_>> {
    let random = |name: &str| six_character_suffix(name).is_some_and(|(_, suffix)| looks_random(suffix));
    if random(name) {
        return None;
    }
    let mut places = name.char_indices().filter(|(_, c)| "./#[".contains(*c));
    let (at, by) = places.find(|(at, _)| name.get(..*at).is_some_and(random))?;
    let key = name.get(at + by.len_utf8()..)?;
    let key = if by == '[' { key.strip_suffix(']')? } else { key };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    (!key.is_empty() && key.chars().all(plain)).then_some(JoinedKey { at, by, key })
}

fn check_name(text: &str, name: &str, oddities: &mut Vec<Oddity>) -> Result<(), Malformed> {
    let place = span(text, name);
    if let Some(joined) = joined_key(name) {
        let position = place.start + joined.at..place.end;
        let corrected = joined.corrected(text, name);
        if matches!(joined.by, '#' | '[') {
            return Err(Malformed::new(position, MalformedKind::Character(joined.by), corrected));
        }
        oddities.push(Oddity {
            position,
            kind: OddityKind::JsonKeyInName,
            corrected,
        });
    }
    if let Some(at) = crate::text::placeholder(name) {
        let at = place.start + at.start..place.start + at.end;
        return Err(Malformed::new(at, MalformedKind::Placeholder, None));
    }
    if let Some(wildcard) = wildcard(text, &place, name) {
        return Err(wildcard);
    }
    if looks_redacted(name) {
        oddities.push(Oddity {
            position: place,
            kind: OddityKind::Redacted,
            corrected: None,
        });
        return Ok(());
    }
    if let Some((at, c)) = refused(name, is_secret_name_character) {
        let at = place.start + at.start..place.start + at.end;
        let kind = if c.is_whitespace() {
            MalformedKind::Whitespace
        } else {
            MalformedKind::Character(c)
        };
        let trimmed = (name.trim() != name).then(|| crate::text::replaced(text, place, name.trim()));
        return Err(Malformed::new(at, kind, trimmed));
    }
    // 512 characters of name, a hyphen and six.
    if name.len() > 519 {
        return Err(Malformed::new(place, MalformedKind::Length { min: 1, max: 512 }, None));
    }
    match six_character_suffix(name) {
        None if joined_key(name).is_some() => {}
        None => oddities.push(Oddity {
            position: place.end..place.end,
            kind: OddityKind::PartialArn,
            corrected: None,
        }),
        Some((_, suffix)) if !looks_random(suffix) => {
            let position = place.end.saturating_sub(suffix.len())..place.end;
            oddities.push(Oddity {
                position,
                kind: OddityKind::SuffixLooksLikeWord,
                corrected: None,
            });
        }
        Some(_) => {}
    }
    Ok(())
}

/// `name-??????` and `name-*` belong into a policy; a run of asterisks is a redaction.
fn wildcard(text: &str, place: &Range<usize>, name: &str) -> Option<Malformed> {
    let tail = ["-??????", "-*", "*"]
        .into_iter()
        .find(|tail| name.ends_with(tail) && !name.ends_with("**"))?;
    let at = place.end - tail.len()..place.end;
    let corrected = (tail.len() < name.len()).then(|| crate::text::replaced(text, at.clone(), ""));
    Some(Malformed::new(at, MalformedKind::Wildcard, corrected))
}

fn check_key(text: &str, key: &str, oddities: &mut Vec<Oddity>) {
    let place = span(text, key);
    if key.trim() != key {
        let corrected = Some(crate::text::replaced(text, place.clone(), key.trim()));
        oddities.push(Oddity {
            position: place,
            kind: OddityKind::JsonKeyWhitespace,
            corrected,
        });
    } else if key.contains(['.', '[', '/', '$']) {
        oddities.push(Oddity {
            position: place,
            kind: OddityKind::JsonKeyLooksNested,
            corrected: None,
        });
    }
}

/// Whether a text is formed as the version ids that Secrets Manager draws.
fn is_version_id(text: &str) -> bool {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12] && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

fn check_version(text: &str, stage: &str, id: &str, oddities: &mut Vec<Oddity>) -> Result<(), Malformed> {
    let (stage_at, id_at) = (span(text, stage), span(text, id));
    if !stage.is_empty() && !id.is_empty() {
        return Err(Malformed::new(stage_at.start..id_at.end, MalformedKind::StageAndVersion, None));
    }
    let hidden = looks_redacted(id);
    if hidden {
        oddities.push(Oddity {
            position: id_at.clone(),
            kind: OddityKind::Redacted,
            corrected: None,
        });
    }
    if !id.is_empty() && !hidden && !(32..=64).contains(&id.chars().count()) {
        let at_stage = text.get(..stage_at.start).unwrap_or_default();
        let trimmed = id.trim();
        if trimmed.len() < id.len() {
            let corrected = Some(crate::text::replaced(text, id_at.clone(), trimmed));
            return Err(Malformed::new(id_at, MalformedKind::Whitespace, corrected));
        }
        let corrected = id.starts_with("AWS").then(|| format!("{at_stage}{id}:"));
        return Err(Malformed::new(id_at, MalformedKind::VersionIdLength, corrected));
    }
    if stage.chars().count() > 256 {
        return Err(Malformed::new(stage_at, MalformedKind::Length { min: 1, max: 256 }, None));
    }
    if is_version_id(stage) {
        let before = text.get(..stage_at.start).unwrap_or_default();
        let corrected = Some(format!("{before}:{stage}"));
        oddities.push(Oddity {
            position: stage_at,
            kind: OddityKind::StageLooksLikeVersionId,
            corrected,
        });
    }
    Ok(())
}
