//! What is wrong with a malformed text, in words.

use references::{Malformed, MalformedKind};
use snapshot::Text;

/// One sentence: what is wrong, and where.
#[must_use]
pub fn words(malformed: &Malformed, text: &str) -> Text {
    let part = malformed.excerpt(text);
    let what = kind(&malformed.kind);
    let place = malformed.position.start + 1;
    if part.is_empty() || part == text {
        return Text::new(
            format!("{} (at character {place}).", what.en),
            format!("{} ({place} 文字目)。", what.ja),
        );
    }
    Text::new(
        format!("{} (`{part}`, at character {place}).", what.en),
        format!("{} (`{part}`、{place} 文字目)。", what.ja),
    )
}

fn kind(kind: &MalformedKind) -> Text {
    match kind {
        MalformedKind::Empty => Text::fixed("The text is empty", "値が空です"),
        MalformedKind::Whitespace => Text::fixed("There is white space where none is allowed", "空白を含めることはできません"),
        MalformedKind::Quoted => Text::fixed("The text stands in quotation marks", "値が引用符で囲まれています"),
        MalformedKind::Character(c) => Text::new(
            format!("The character `{c}` is not allowed there"),
            format!("文字 `{c}` は使用できません"),
        ),
        MalformedKind::Placeholder => Text::fixed(
            "A template's placeholder was never filled in",
            "テンプレートのプレースホルダーが置き換えられていません",
        ),
        MalformedKind::Wildcard => Text::fixed(
            "A wildcard belongs into a policy, not into a reference",
            "ワイルドカードはポリシー用で、参照には使用できません",
        ),
        MalformedKind::NotAnArn => Text::fixed(
            "An ARN is needed here, and it begins with `arn:`",
            "ここには ARN が必要で、ARN は `arn:` で始まります",
        ),
        MalformedKind::ArnFields { found } => Text::new(
            format!("An ARN has six fields between colons; this one has {found}"),
            format!("ARN はコロン区切りの 6 つのフィールドから成りますが、{found} つしかありません"),
        ),
        MalformedKind::Service { found } => Text::new(
            format!("The service `{found}` cannot be referenced here"),
            format!("サービス `{found}` はここでは参照できません"),
        ),
        MalformedKind::Region => Text::fixed("There is no such Region", "存在しないリージョンです"),
        MalformedKind::Partition => Text::fixed(
            "The ARN's partition is not the one of its Region",
            "ARN のパーティションが、そのリージョンのパーティションと異なります",
        ),
        MalformedKind::Account => Text::fixed("An account id has twelve digits", "アカウント ID は 12 桁の数字です"),
        MalformedKind::OtherAccount => Text::fixed(
            "Amazon ECS reads only parameters of the task's own account",
            "Amazon ECS が参照できるのは、タスクと同じアカウントのパラメータだけです",
        ),
        MalformedKind::ResourceType { expected } => Text::new(
            format!("The resource of the ARN must begin with `{expected}`"),
            format!("ARN のリソース部分は `{expected}` で始まる必要があります"),
        ),
        MalformedKind::EmptyName => Text::fixed("The name is missing", "名前がありません"),
        MalformedKind::Length { min, max } => Text::new(
            format!("It must have {min} to {max} characters"),
            format!("長さは {min} ～ {max} 文字でなければなりません"),
        ),
        MalformedKind::SecretFields { .. } => Text::fixed(
            "After the secret's name stand either nothing or three more fields (`:json-key:version-stage:version-id`)",
            "シークレット名の後は、何も付けないか、3 つのフィールド (`:json-key:version-stage:version-id`) をすべて付ける必要があります",
        ),
        MalformedKind::StageAndVersion => Text::fixed(
            "A version stage and a version id exclude each other",
            "バージョンステージとバージョン ID を同時に指定することはできません",
        ),
        MalformedKind::VersionIdLength => Text::fixed("A version id has 32 to 64 characters", "バージョン ID は 32 ～ 64 文字です"),
        MalformedKind::DoubledSlash => Text::fixed(
            "The slash is doubled: the parameter's leading slash is the one after `parameter`",
            "スラッシュが重複しています。パラメータ名の先頭のスラッシュは `parameter` の後のスラッシュと同じものです",
        ),
        MalformedKind::NotFullyQualified => Text::fixed(
            "A parameter's name that contains a slash must begin with one",
            "スラッシュを含むパラメータ名は、スラッシュで始まる必要があります",
        ),
        MalformedKind::Levels { found } => Text::new(
            format!("A parameter's name has at most fifteen levels; this one has {found}"),
            format!("パラメータ名の階層は 15 までですが、{found} あります"),
        ),
        MalformedKind::Selectors => Text::fixed(
            "At most one version or label may follow the name",
            "名前の後に付けられるバージョンまたはラベルは 1 つだけです",
        ),
        MalformedKind::ArnInSecretPath => Text::fixed(
            "After `/aws/reference/secretsmanager/` stands the secret's name, not its ARN",
            "`/aws/reference/secretsmanager/` の後には、ARN ではなくシークレット名を指定します",
        ),
        MalformedKind::JsonKeyNotAllowed => Text::fixed(
            "Registry credentials are a whole secret, without JSON key or version",
            "レジストリの認証情報にはシークレット全体を指定し、JSON キーやバージョンは付けません",
        ),
        MalformedKind::S3Address => Text::fixed(
            "It is an address, where an ARN is needed",
            "ARN の代わりにアドレスが指定されています",
        ),
        MalformedKind::S3RegionOrAccount => Text::fixed(
            "An object's ARN has neither Region nor account",
            "S3 オブジェクトの ARN にリージョンやアカウントは含まれません",
        ),
        MalformedKind::NoObject => Text::fixed(
            "The ARN names a bucket but no object in it",
            "ARN にバケットはありますが、オブジェクトがありません",
        ),
        MalformedKind::BucketName => Text::fixed("No bucket may have this name", "バケット名として使用できない名前です"),
        MalformedKind::CredentialSpecPrefix => Text::fixed(
            "It must begin with `credentialspec:` or `credentialspecdomainless:`",
            "`credentialspec:` または `credentialspecdomainless:` で始まる必要があります",
        ),
        MalformedKind::Scheme => Text::fixed(
            "An image reference has no `https://` in front",
            "イメージ参照の先頭に `https://` は付けません",
        ),
        MalformedKind::ArnForImage => Text::fixed(
            "An image is named by its registry's host and the repository, not by an ARN",
            "イメージは ARN ではなく、レジストリのホスト名とリポジトリ名で指定します",
        ),
        MalformedKind::UpperCase => Text::fixed("A repository's name has no upper case", "リポジトリ名に大文字は使用できません"),
        MalformedKind::Host => Text::fixed("This is not the name of a host that exists", "存在しないホスト名です"),
        MalformedKind::Port => Text::fixed("The port is no number", "ポートが数値ではありません"),
        MalformedKind::PathComponent => Text::fixed(
            "A part of the repository's name breaks the naming rules",
            "リポジトリ名の一部が命名規則に違反しています",
        ),
        MalformedKind::NoRepository => Text::fixed(
            "A registry is named but no repository in it",
            "レジストリはありますが、リポジトリがありません",
        ),
        MalformedKind::EmptyTag => Text::fixed("A colon but no tag after it", "コロンの後にタグがありません"),
        MalformedKind::Tag => Text::fixed("The tag breaks the naming rules", "タグが命名規則に違反しています"),
        MalformedKind::Digest => Text::fixed(
            "A digest is `sha256:` and 64 hexadecimal digits",
            "ダイジェストは `sha256:` と 64 桁の 16 進数です",
        ),
    }
}
