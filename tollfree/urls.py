app_name = "tollfree"
urlpatterns: list[object] = []
