//! A command's other forms: as a template, and how it is checked and taken back.

use report::model::{Fix, FixKind};
use report::remedy::forms;
use report::words::Words;
use yew::prelude::*;

use super::copy::Copy;
use crate::app::Ui;
use crate::prose;

pub(crate) fn other_forms(ui: &Ui, fix: &Fix, proofs: &[String]) -> Html {
    let (text, words) = (ui.text, Words::of(ui.lang));
    let found = forms(fix);
    let fold = |name: &'static str, key: &'static str, hint: &'static str, body: Option<String>| {
        let Some(body) = body else { return Html::default() };
        html! {
            <details class="form" data-form={key}>
                <summary>{ name }</summary>
                <p class="quiet">{ hint }</p>
                <div class="command">
                    <pre tabindex="0" role="group" aria-label={name} translate="no">{ prose::visible(&body) }</pre>
                    <Copy ui={ui.clone()} value={body} of={name} />
                </div>
            </details>
        }
    };
    let template = |kind: FixKind, body| fold(kind.phrase(ui.lang), kind.word(), words.template_hint, body);
    html! {
        <>
            { template(FixKind::CloudFormation, found.cloudformation) }
            { template(FixKind::Terraform, found.terraform) }
            <details class="form" data-form="verify">
                <summary>{ text.verify }</summary>
                <p>{ text.verify_hint }{ prose::codes(proofs.iter().map(String::as_str), words.comma) }</p>
            </details>
            { fold(words.undo, "undo", words.undo_hint, found.undo) }
        </>
    }
}
