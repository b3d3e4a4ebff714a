"""What the page is put together of, in Gradio's terms."""
