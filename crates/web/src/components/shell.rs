//! What the customer types commands into.

use report::Shell as Kind;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::Ui;
use crate::state::Action;

const SHELLS: [(Kind, &str, &str); 3] = [
    (Kind::Bash, "bash", "bash (AWS CloudShell, Linux, macOS)"),
    (Kind::PowerShell, "powershell", "PowerShell"),
    (Kind::Cmd, "cmd", "cmd (Windows)"),
];

pub(crate) fn shell(ui: &Ui) -> Html {
    let Ui { text, shell, dispatch, .. } = ui;
    let choose = dispatch.reform(|event: Event| {
        let word = event.target_dyn_into::<HtmlSelectElement>().map(|field| field.value());
        let chosen = SHELLS.into_iter().find(|(_, name, _)| Some(*name) == word.as_deref());
        Action::TypeInto(chosen.map_or(Kind::Bash, |(kind, _, _)| kind))
    });
    let options = SHELLS.into_iter().map(|(kind, word, name)| {
        html! { <option value={word} selected={kind == *shell}>{ name }</option> }
    });
    html! {
        <label class="field"><span>{ text.shell_label }</span><select data-role="shell" onchange={choose}>{ for options }</select></label>
    }
}
