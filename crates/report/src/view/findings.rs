//! Findings under their verdict words, each with its proof and its remedies.

use super::inline::{Inline, Line, paragraphs};
use super::{Block, Marks, requests};
use crate::lang::Lang;
use crate::model::{Evidence, Finding, Fix, FixKind, Report};
use crate::remedy;
use crate::words::Words;
use crate::words::vocabulary::{Tone, Verdict};

/// The findings of one verdict under its heading; nothing where there are none and nothing is to be collected.
pub(super) fn of_verdict(report: &Report, verdict: Verdict, lang: Lang) -> Vec<Block> {
    let findings: Vec<&Finding> = report.findings.iter().filter(|finding| Verdict::of(finding) == verdict).collect();
    let mut blocks: Vec<Block> = findings.iter().map(|finding| section(report, finding, verdict, lang)).collect();
    if verdict == Verdict::NotKnownYet {
        blocks.extend(requests::blocks(report, lang));
    }
    if !blocks.is_empty() {
        blocks.insert(0, Block::Heading(2, Line::mark(verdict.tone(), verdict.phrase(lang))));
    }
    blocks
}

fn section(report: &Report, finding: &Finding, verdict: Verdict, lang: Lang) -> Block {
    let words = Words::of(lang);
    let mut blocks = vec![Block::Heading(3, Line::prose(&finding.title))];
    blocks.extend(paragraphs(&finding.summary).into_iter().map(Block::Paragraph));
    blocks.extend(paragraphs(&finding.explanation).into_iter().map(Block::Paragraph));
    blocks.push(Block::Facts(facts(finding, words)));
    if !finding.evidence.is_empty() {
        let proof = finding.evidence.iter().flat_map(|evidence| {
            [
                Block::Paragraph(place(report, evidence, lang)),
                Block::Verbatim(evidence.excerpt.clone()),
            ]
        });
        blocks.push(Block::Labelled(words.evidence, proof.collect()));
    }
    if !finding.fixes.is_empty() {
        blocks.push(Block::Heading(4, Line::new().words(words.what_to_do)));
        for fix in &finding.fixes {
            blocks.extend(fix_blocks(fix, lang));
        }
    }
    let mut data = vec![("code", finding.code.clone()), ("status", finding.status.word().to_owned())];
    if let Some(role) = finding.role {
        data.push(("role-of-fail", role.word().to_owned()));
    }
    Block::Section(
        Marks {
            tone: Some(verdict.tone()),
            data,
        },
        blocks,
    )
}

fn facts(finding: &Finding, words: &Words) -> Vec<(&'static str, Line)> {
    let mut facts = vec![(words.code, Line::data(&finding.code))];
    if !finding.subject.is_empty() {
        facts.push((words.subject, Line::join(finding.subject.iter().map(Line::data), words.comma)));
    }
    if !finding.affects.is_empty() {
        let names = finding.affects.iter().map(|service| Line::data(service.to_string()));
        facts.push((words.affects, Line::join(names, words.comma)));
    }
    if !finding.assumes.is_empty() {
        facts.push((
            words.assumes,
            Line::join(finding.assumes.iter().map(|text| Line::prose(text)), words.comma),
        ));
    }
    if !finding.missing.is_empty() {
        facts.push((words.settled_by, Line::join(finding.missing.iter().map(Line::data), words.comma)));
    }
    facts
}

/// Where the proof stands: document, line, pointer.
pub(super) fn place(report: &Report, evidence: &Evidence, lang: Lang) -> Line {
    let mut line = document(report, evidence.document);
    if let Some(number) = evidence.line {
        line = line.words(&lang.pick(format!(", line {number}"), format!("、{number} 行目")));
    }
    if !evidence.pointer.is_empty() {
        line = line.words(Words::of(lang).comma).and(Inline::Data(evidence.pointer.clone()));
    }
    line
}

/// A document's name; its number where the report holds no such document.
pub(super) fn document(report: &Report, index: usize) -> Line {
    match report.documents.get(index) {
        Some(document) if !document.name.is_empty() => Line::data(&document.name),
        _ => Line::data(format!("#{}", index.saturating_add(1))),
    }
}

fn fix_blocks(fix: &Fix, lang: Lang) -> Vec<Block> {
    let words = Words::of(lang);
    let checked = if fix.verified {
        Inline::Mark(Tone::Good, words.verified.to_owned())
    } else {
        Inline::Words(words.not_verified.to_owned())
    };
    let mut blocks = vec![Block::Paragraph(
        Line::label(fix.kind.phrase(lang)).words(" (").and(checked).words(")"),
    )];
    match fix.kind {
        FixKind::Console => {
            let steps = fix
                .text
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(|line| Line::prose(line.trim()));
            blocks.push(Block::Steps(steps.collect()));
        }
        FixKind::AwsCli | FixKind::CloudFormation | FixKind::Terraform | FixKind::Policy => {
            blocks.push(Block::Verbatim(fix.text.clone()));
        }
    }
    if !fix.impact.is_empty() {
        blocks.push(Block::Facts(vec![(words.impact, Line::join(paragraphs(&fix.impact), " "))]));
    }
    blocks.extend(other_forms(fix, lang));
    blocks
}

/// The same change as a template, and the command that takes it back.
fn other_forms(fix: &Fix, lang: Lang) -> impl Iterator<Item = Block> {
    let words = Words::of(lang);
    let forms = remedy::forms(fix);
    let written = [
        (FixKind::CloudFormation.phrase(lang), words.template_hint, forms.cloudformation),
        (FixKind::Terraform.phrase(lang), words.template_hint, forms.terraform),
        (words.undo, words.undo_hint, forms.undo),
    ];
    written.into_iter().filter_map(|(label, hint, text)| {
        let blocks = vec![Block::Paragraph(Line::new().words(hint)), Block::Verbatim(text?)];
        Some(Block::Labelled(label, blocks))
    })
}
