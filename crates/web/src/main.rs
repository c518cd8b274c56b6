//! The page: paste anything, and read why the task did not start.
//!
//! The page holds no logic of its own. `state` keeps what was pasted and what was chosen, `case` has it read and
//! diagnosed, and the components show the report. Whatever is pasted stays in this tab's memory.

mod app;
mod browser;
mod case;
mod components;
mod crash;
mod examples;
mod keys;
mod message;
mod prose;
mod repairs;
mod state;
mod ui_text;
mod window;
mod work;

fn main() {
    crash::watch();
    // The static shell of `index.html` is replaced by the running page.
    let host = gloo_utils::document().get_element_by_id("app");
    match host {
        Some(host) => yew::Renderer::<app::App>::with_root(host).render(),
        None => yew::Renderer::<app::App>::new().render(),
    };
}
