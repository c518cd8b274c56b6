//! Near misses in words: what a statement says instead of what the call needs.

use super::draft;
use crate::authorization::near::{Elsewhere, Near};
use crate::authorization::{Judgement, compare};
use crate::case::Case;
use policy::{NearMissKind, ResourceDifference};
use snapshot::Text;
use snapshot::order::Order as _;

/// One sentence for each near miss that says something; the most telling three.
pub(super) fn sentences(action: &str, nears: &[Near]) -> Vec<Text> {
    let mut told: Vec<(u8, Text)> = nears.iter().filter_map(|near| sentence(action, near)).collect();
    told.in_order_by_key(|(rank, _)| *rank);
    told.dedup();
    told.into_iter().take(3).map(|(_, text)| text).collect()
}

/// How telling, the least first, and the sentence.
fn sentence(action: &str, near: &Near) -> Option<(u8, Text)> {
    let policy = &near.policy;
    let Some(miss) = &near.miss else {
        return Some(match near.place {
            Elsewhere::TaskRole => (
                0,
                Text::new(
                    format!(" The task role has {action} (policy {policy}), but Amazon ECS makes this call with the task execution role."),
                    format!(
                        " タスクロールには {action} の権限があります (ポリシー {policy}) が、Amazon ECS はこの呼び出しにタスク実行ロールを使用します。"
                    ),
                ),
            ),
            Elsewhere::OtherVersion => (
                0,
                Text::new(
                    format!(" Version {policy} allows {action}, but it is not the default version, so it does not count."),
                    format!(" バージョン {policy} は {action} を許可していますが、デフォルトのバージョンではないため有効ではありません。"),
                ),
            ),
            Elsewhere::Unattached => (
                1,
                Text::new(
                    format!(" Policy {policy} allows {action}, but it is not attached to the role."),
                    format!(" ポリシー {policy} は {action} を許可していますが、ロールにアタッチされていません。"),
                ),
            ),
            Elsewhere::Role => return None,
        });
    };
    let place = match &miss.sid {
        Some(sid) if !sid.is_empty() => Text::new(
            format!(" Statement {sid} of policy {policy}"),
            format!(" ポリシー {policy} のステートメント {sid}"),
        ),
        _ => Text::new(format!(" Policy {policy}"), format!(" ポリシー {policy}")),
    };
    let (rank, rest) = kind(action, &miss.kind)?;
    Some((
        rank,
        Text::new(
            format!("{}{}", place.en, rest.en),
            format!("{}{}{}", place.ja, draft::gap(&place.ja), rest.ja),
        ),
    ))
}

fn kind(action: &str, kind: &NearMissKind) -> Option<(u8, Text)> {
    Some(match kind {
        NearMissKind::ActionSpelling { written } => (
            1,
            Text::new(
                format!(" allows {written}, which is spelled nearly like {action} and is not that action."),
                format!("が許可しているのは {written} です。{action} と綴りが似ていますが、同じアクションではありません。"),
            ),
        ),
        NearMissKind::OtherAction { written } => {
            let written = written.join(", ");
            (
                3,
                Text::new(
                    format!(" allows {written} on this resource, not {action}."),
                    format!("は、このリソースに対して {written} を許可していますが、{action} は許可していません。"),
                ),
            )
        }
        NearMissKind::Resource { written, difference } => {
            let (rank, why) = resource(*difference)?;
            (
                rank,
                Text::new(
                    format!(" names {written}: {}.", why.en),
                    format!("のリソースは {written} です。{}。", why.ja),
                ),
            )
        }
        NearMissKind::Condition { operator, key, .. } => (
            1,
            Text::new(
                format!(" allows it only under a condition that does not hold for this call: {operator} on {key}."),
                format!("の条件 ({key} に対する {operator}) は、この呼び出しでは満たされません。"),
            ),
        ),
        NearMissKind::Principal => return None,
    })
}

fn resource(difference: ResourceDifference) -> Option<(u8, Text)> {
    Some(match difference {
        ResourceDifference::NeedsStar => (
            1,
            Text::fixed(
                "this action has no resource, only the literal \"*\" grants it",
                "このアクションにはリソースがないため、\"*\" でのみ許可できます",
            ),
        ),
        ResourceDifference::MissingSuffix => (
            1,
            Text::fixed(
                "the six characters that Secrets Manager adds to the ARN are missing (write -?????? at the end)",
                "Secrets Manager が ARN に追加する 6 文字がありません (末尾に -?????? と記述します)",
            ),
        ),
        ResourceDifference::Slash => (
            1,
            Text::fixed(
                "it differs by a slash at the beginning of the name",
                "名前の先頭のスラッシュが異なります",
            ),
        ),
        ResourceDifference::LetterCase => (1, Text::fixed("it differs by upper and lower case", "大文字と小文字が異なります")),
        ResourceDifference::Partition => (1, Text::fixed("it is of another partition", "パーティションが異なります")),
        ResourceDifference::Region => (1, Text::fixed("it is of another Region", "リージョンが異なります")),
        ResourceDifference::Account => (1, Text::fixed("it is of another account", "アカウントが異なります")),
        ResourceDifference::RegionAndAccount => (
            2,
            Text::fixed("it is of another Region and account", "リージョンとアカウントが異なります"),
        ),
        ResourceDifference::Spelling => (1, Text::fixed("the name differs by one character", "名前が 1 文字異なります")),
        ResourceDifference::OtherName => (4, Text::fixed("another resource", "別のリソースです")),
    })
}

/// What a pasted run of the policy simulator says of the same call, where it agrees; where it differs, that is said at the run.
pub(super) fn simulated(case: &Case<'_>, judgement: &Judgement) -> Option<Text> {
    let action = judgement.call.action;
    let word = compare::simulated(case, judgement)?.word;
    (word != "allowed").then(|| {
        Text::new(
            format!(" The pasted run of the policy simulator says \"{word}\" for {action}, too."),
            format!(" 貼り付けられたポリシーシミュレーターの結果も \"{word}\" です ({action})。"),
        )
    })
}
