//! The destinations: one overview, then the way and the permissions of each.

use super::findings::document;
use super::inline::{Inline, Line, paragraphs};
use super::{Block, Marks};
use crate::lang::Lang;
use crate::model::{Access, Authorization, Destination, Hop, Layer, Network, Report, Witness};
use crate::words::Words;

pub(super) fn blocks(report: &Report, lang: Lang) -> Vec<Block> {
    if report.destinations.is_empty() {
        return Vec::new();
    }
    let words = Words::of(lang);
    let rows = report.destinations.iter().map(|destination| row(destination, lang)).collect();
    let mut blocks = vec![
        Block::Heading(2, Line::new().words(words.destinations)),
        Block::Table(words.destinations, words.destination_columns.to_vec(), rows),
    ];
    blocks.extend(
        report
            .destinations
            .iter()
            .filter_map(|destination| details(report, destination, lang)),
    );
    blocks
}

fn row(destination: &Destination, lang: Lang) -> Vec<Line> {
    let words = Words::of(lang);
    let host = match (&destination.host, destination.port) {
        (Some(host), Some(port)) => Line::data(format!("{host}:{port}")),
        (Some(host), None) => Line::data(host),
        (None, _) => Line::new(),
    };
    let network = match &destination.network {
        Some(network) => verdict(network, lang),
        None => Line::new().words(words.no_way(&destination.service)),
    };
    let references = destination.references.iter().map(|reference| {
        Line::data(&reference.text)
            .words(" ")
            .and(Inline::Mark(reference.verdict.tone(), reference.verdict.phrase(lang).to_owned()))
    });
    vec![
        Line::data(destination.service.to_string()),
        host,
        Line::join(destination.needed_for.iter().map(|text| Line::prose(text)), words.comma),
        network,
        Line::join(
            destination
                .authorization
                .iter()
                .map(|call| access(&call.action, call.verdict, lang)),
            words.comma,
        ),
        Line::join(references, words.comma),
    ]
}

fn verdict(network: &Network, lang: Lang) -> Line {
    let line = Line::mark(network.verdict.tone(), network.verdict.phrase(lang));
    match network.via {
        Some(via) => line.words(" (").words(via.phrase(lang)).words(")"),
        None => line,
    }
}

fn access(action: &str, verdict: Access, lang: Lang) -> Line {
    Line::data(action)
        .words(" ")
        .and(Inline::Mark(verdict.tone(), verdict.phrase(lang).to_owned()))
}

fn details(report: &Report, destination: &Destination, lang: Lang) -> Option<Block> {
    let words = Words::of(lang);
    let mut blocks = Vec::new();
    if let Some(network) = &destination.network {
        network_blocks(network, lang, &mut blocks);
    }
    if !destination.authorization.is_empty() {
        let calls = destination.authorization.iter().flat_map(|call| authorization(report, call, lang));
        blocks.push(Block::Labelled(words.permissions, calls.collect()));
    }
    if blocks.is_empty() {
        return None;
    }
    blocks.insert(0, Block::Heading(3, Line::data(destination.service.to_string())));
    Some(Block::Section(
        Marks {
            tone: None,
            data: vec![("service", destination.service.to_string())],
        },
        blocks,
    ))
}

fn network_blocks(network: &Network, lang: Lang, blocks: &mut Vec<Block>) {
    let words = Words::of(lang);
    if !network.hops.is_empty() {
        let hops = network.hops.iter().map(|hop| hop_line(hop, lang)).collect();
        blocks.push(Block::Labelled(words.path, vec![Block::Steps(hops)]));
    }
    let mut facts = Vec::new();
    if let Some(witness) = &network.witness {
        facts.push((words.witness, witness_line(witness, lang)));
    }
    if !network.assumes.is_empty() {
        facts.push((
            words.assumes,
            Line::join(network.assumes.iter().map(|text| Line::prose(text)), words.comma),
        ));
    }
    if !network.subnets.is_empty() {
        let subnets = network.subnets.iter().map(|subnet| {
            Line::data(&subnet.id)
                .words(" ")
                .and(Inline::Mark(subnet.verdict.tone(), subnet.verdict.phrase(lang).to_owned()))
        });
        facts.push((words.subnets, Line::join(subnets, words.comma)));
    }
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
    }
}

fn hop_line(hop: &Hop, lang: Lang) -> Line {
    let words = Words::of(lang);
    let mut line = Line::mark(hop.verdict.tone(), hop.verdict.phrase(lang))
        .words(words.colon)
        .words(hop.kind.phrase(lang));
    if let Some(id) = &hop.id {
        line = line.words(" ").and(Inline::Data(id.clone()));
    }
    if hop.note.trim().is_empty() {
        return line;
    }
    line.words(" – ").then(Line::join(paragraphs(&hop.note), " "))
}

fn witness_line(witness: &Witness, lang: Lang) -> Line {
    let words = Words::of(lang);
    Line::data(format!("{} → {}", witness.source, witness.destination))
        .words(" ")
        .and(Inline::Data(format!("{}/{}", witness.protocol.word(), witness.port)))
        .words(words.comma)
        .words(witness.direction.phrase(lang))
        .words(words.comma)
        .then(Line::prose(&witness.rule))
}

fn authorization(report: &Report, call: &Authorization, lang: Lang) -> Vec<Block> {
    let words = Words::of(lang);
    let mut line = Line::mark(call.verdict.tone(), call.verdict.phrase(lang))
        .words(words.colon)
        .and(Inline::Data(call.action.clone()))
        .words(" → ")
        .and(Inline::Data(call.resource.clone()));
    if !call.blocks_start {
        line = line.words(" (").words(words.does_not_block).words(")");
    }
    let mut facts = Vec::new();
    if let Some(principal) = &call.principal {
        facts.push((words.principal, Line::data(principal)));
    }
    if let Some(layer) = call.decided_by {
        facts.push((words.decided_by, Line::new().words(layer.phrase(lang))));
    }
    if !call.layers.is_empty() {
        facts.push((
            words.layers,
            Line::join(call.layers.iter().map(|layer| layer_line(report, layer, lang)), words.comma),
        ));
    }
    if !call.assumes.is_empty() {
        facts.push((
            words.assumes,
            Line::join(call.assumes.iter().map(|text| Line::prose(text)), words.comma),
        ));
    }
    let mut blocks = vec![Block::Paragraph(line)];
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
    }
    blocks
}

fn layer_line(report: &Report, layer: &Layer, lang: Lang) -> Line {
    let line = Line::new()
        .words(layer.kind.phrase(lang))
        .words(" ")
        .and(Inline::Mark(layer.verdict.tone(), layer.verdict.phrase(lang).to_owned()));
    match &layer.statement {
        Some(place) => line
            .words(" (")
            .then(document(report, place.document))
            .words(" ")
            .and(Inline::Data(place.pointer.clone()))
            .words(")"),
        None => line,
    }
}
