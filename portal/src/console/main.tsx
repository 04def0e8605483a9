document.title = 'Goodword'
