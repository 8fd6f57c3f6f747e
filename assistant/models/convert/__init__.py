"""Conversion of GGUF files to ONNX folders that `assistant.models.decoder` runs. No training, no pruning."""
